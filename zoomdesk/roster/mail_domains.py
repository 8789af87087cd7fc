"""List the mail domains that everybody uses, the slips of their endings, and shared mailboxes."""

from __future__ import annotations

from zoomdesk.roster.text import words

COMMON = words(
    """
    gmail.com yahoo.com hotmail.com outlook.com icloud.com googlemail.com aol.com live.com msn.com
    me.com mac.com protonmail.com proton.me mail.com ymail.com rocketmail.com zoho.com yandex.com
    fastmail.com comcast.net verizon.net sbcglobal.net bellsouth.net earthlink.net charter.net
    optonline.net att.net cox.net shaw.ca rogers.com sympatico.ca telus.net videotron.ca
    yahoo.co.uk hotmail.co.uk outlook.co.uk live.co.uk btinternet.com virginmedia.com sky.com
    talktalk.net ntlworld.com blueyonder.co.uk eircom.net
    gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de arcor.de posteo.de
    mailbox.org hotmail.de yahoo.de outlook.de live.de bluewin.ch hispeed.ch sunrise.ch chello.at
    orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr yahoo.fr hotmail.fr outlook.fr
    live.fr skynet.be telenet.be hotmail.be outlook.be proximus.be
    yahoo.es hotmail.es outlook.es telefonica.net movistar.es yahoo.com.mx hotmail.com.mx
    outlook.com.mx prodigy.net.mx yahoo.com.ar outlook.com.ar fibertel.com.ar yahoo.com.co
    libero.it virgilio.it tiscali.it alice.it hotmail.it yahoo.it outlook.it tim.it fastwebnet.it
    uol.com.br bol.com.br terra.com.br ig.com.br globo.com yahoo.com.br hotmail.com.br
    outlook.com.br sapo.pt clix.pt hotmail.pt outlook.pt
    ziggo.nl kpnmail.nl kpnplanet.nl planet.nl hetnet.nl xs4all.nl home.nl casema.nl upcmail.nl
    hotmail.nl live.nl outlook.nl
    wp.pl onet.pl o2.pl interia.pl gazeta.pl poczta.onet.pl op.pl tlen.pl vp.pl
    yahoo.co.jp docomo.ne.jp ezweb.ne.jp softbank.ne.jp i.softbank.jp nifty.com biglobe.ne.jp
    hotmail.co.jp outlook.jp ocn.ne.jp
    qq.com 163.com 126.com sina.com sohu.com foxmail.com yeah.net aliyun.com 139.com
    yahoo.com.tw yahoo.com.hk hinet.net pchome.com.tw naver.com daum.net hanmail.net
    yahoo.co.in rediffmail.com yahoo.in yahoo.com.au hotmail.com.au outlook.com.au bigpond.com
    optusnet.com.au xtra.co.nz mail.ru yandex.ru rambler.ru bk.ru list.ru inbox.ru ukr.net
    seznam.cz email.cz centrum.cz post.cz azet.sk freemail.hu citromail.hu abv.bg yahoo.gr
    otenet.gr walla.co.il bezeqint.net yahoo.com.tr hotmail.com.tr
    telia.com bredband.net hotmail.se live.se outlook.se online.no outlook.dk live.dk hotmail.dk
    """
)
"""Offered as the domain that was meant, the commonest first."""

WELL_KNOWN = frozenset(COMMON).union(
    words(
        """
    email.com email.it email.de mail.de mail.ee mail.bg mail.pt mail.dk gmx.fr gmx.es gmx.co.uk
    gmx.li gmx.eu gmx.info gmx.org gmail.ru ok.de firemail.de mail.fr tutanota.com tutanota.de
    tuta.io tuta.com hushmail.com pm.me hey.com duck.com fastmail.fm inbox.lv inbox.com lycos.com
    usa.net juno.com netzero.net aim.com love.com live.ca live.com.au live.com.mx live.it live.be
    live.com.pt live.co.za live.cn live.hk live.jp yahoo.ca yahoo.at yahoo.ch yahoo.se yahoo.dk
    yahoo.no yahoo.ie yahoo.nl yahoo.pl yahoo.pt yahoo.ro yahoo.cl yahoo.com.sg yahoo.com.ph
    yahoo.com.my yahoo.com.vn yahoo.co.id yahoo.co.nz yahoo.co.th yahoo.co.kr yahoo.co.za
    yahoo.com.pe yahoo.com.ve hotmail.ca hotmail.ch hotmail.at hotmail.cl hotmail.co.nz
    hotmail.co.th hotmail.com.ar hotmail.com.tw hotmail.com.hk hotmail.gr hotmail.hu hotmail.no
    hotmail.fi hotmail.sg outlook.at outlook.ie outlook.in outlook.sg outlook.kr outlook.cz
    outlook.hu outlook.my outlook.ph outlook.pt outlook.sa outlook.be outlook.cl outlook.com.gr
    outlook.com.tr outlook.com.vn outlook.co.id outlook.co.th icloud.com.cn me.co.uk
    rocketmail.co.uk btopenworld.com talk21.com mail.co.uk vodafone.de kabelmail.de unitybox.de
    online.de online.fr club-internet.fr aliceadsl.fr numericable.fr cegetel.net
    sina.cn sina.com.cn vip.qq.com vip.163.com 188.com 21cn.com tom.com wo.cn 189.cn
    au.com goo.jp goo.ne.jp excite.co.jp infoseek.jp so-net.ne.jp plala.or.jp
    nate.com gmail.co.kr kakao.com mail.ua i.ua meta.ua bigmir.net yandex.ua yandex.by yandex.kz
    ya.ru internet.ru volny.cz atlas.cz zoznam.sk windowslive.com passport.com
    """
    )
)
"""Real domains: never doubted, however near they are to a commoner one."""

TLD_TYPOS = {
    slip: ending
    for ending, slips in {
        "com": "con cmo ocm comm coom xom vom cpm clm c0m cok cxom ccom copm",
        "net": "nett nte ner nrt",
        "org": "ogr rog orgg 0rg orh orf prg og",
        "de": "dee ded ed",
        "it": "ti",
        "fr": "rf",
        "edu": "eud deu eduu",
        "gov": "gvo ogv",
    }.items()
    for slip in slips.split()
}
"""Endings that exist nowhere (IANA's root zone), by what was meant."""

SHARED_MAILBOXES = frozenset(
    words(
        """
    abuse accounting accounts admin administration administrator admissions anmeldung bestellung
    bewerbung biuro billing booking bookings buchhaltung careers ceo club comercial commercial
    compras comunicacion contact contacto contactus contato contatti customerservice direccion
    direction einkauf empfang enquiries enquiry events everyone export facturacion feedback finance
    general geschaeftsleitung hello help helpdesk hola hostmaster hr info informacion information
    informatie inkoop inquiries it jobs karriere klantenservice kontakt kundenservice mail
    mailbox mailer-daemon manager marketing media newsletter office offers ordini orders oficina
    personal post postmaster praxis presse press prensa privacy public purchasing reception
    recepcion recruiting redaktion registration rekrutacja reservations reservas sales schule
    secretaria secretariaat secretariat segreteria sekretariat sekretariat service servicio shop
    sklep soporte spam sprzedaz staff studio subscribe support team tech tickets training
    undisclosed-recipients unsubscribe verwaltung vendas ventas vertrieb webmaster welcome
    workshop zentrale
    """
    )
)
"""Local parts that a team reads rather than one person."""

UNREAD_MAILBOXES = frozenset(
    words(
        "noreply no-reply no_reply no.reply donotreply do-not-reply do_not_reply nepasrepondre "
        "bounce bounces mailer-daemon nobody"
    )
)
"""Local parts that nobody reads."""
