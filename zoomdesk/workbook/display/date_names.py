"""Name the months and weekdays in the languages that a format's locale may ask for.

Each name is a pair, abbreviated and full, as Windows has them for the language; weeks begin on
Monday. Languages without a table are shown in English.
"""

from __future__ import annotations

Names = tuple[tuple[str, str], ...]


def _pairs(text: str) -> Names:
    return tuple((short, full) for short, full in (pair.split("=") for pair in text.split()))


MONTHS: dict[str, Names] = {
    "en": _pairs(
        "Jan=January Feb=February Mar=March Apr=April May=May Jun=June Jul=July Aug=August"
        " Sep=September Oct=October Nov=November Dec=December"
    ),
    "de": _pairs(
        "Jan=Januar Feb=Februar Mrz=März Apr=April Mai=Mai Jun=Juni Jul=Juli Aug=August"
        " Sep=September Okt=Oktober Nov=November Dez=Dezember"
    ),
    "fr": _pairs(
        "janv.=janvier févr.=février mars=mars avr.=avril mai=mai juin=juin juil.=juillet"
        " août=août sept.=septembre oct.=octobre nov.=novembre déc.=décembre"
    ),
    "es": _pairs(
        "ene=enero feb=febrero mar=marzo abr=abril may=mayo jun=junio jul=julio ago=agosto"
        " sep=septiembre oct=octubre nov=noviembre dic=diciembre"
    ),
    "pt": _pairs(
        "jan=janeiro fev=fevereiro mar=março abr=abril mai=maio jun=junho jul=julho ago=agosto"
        " set=setembro out=outubro nov=novembro dez=dezembro"
    ),
    "it": _pairs(
        "gen=gennaio feb=febbraio mar=marzo apr=aprile mag=maggio giu=giugno lug=luglio"
        " ago=agosto set=settembre ott=ottobre nov=novembre dic=dicembre"
    ),
    "nl": _pairs(
        "jan=januari feb=februari mrt=maart apr=april mei=mei jun=juni jul=juli aug=augustus"
        " sep=september okt=oktober nov=november dec=december"
    ),
    "pl": _pairs(
        "sty=styczeń lut=luty mar=marzec kwi=kwiecień maj=maj cze=czerwiec lip=lipiec"
        " sie=sierpień wrz=wrzesień paź=październik lis=listopad gru=grudzień"
    ),
    "ja": tuple((f"{month}月", f"{month}月") for month in range(1, 13)),
    "zh": tuple(
        (f"{number}月", f"{number}月")
        for number in ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    ),
}

DAYS: dict[str, Names] = {
    "en": _pairs(
        "Mon=Monday Tue=Tuesday Wed=Wednesday Thu=Thursday Fri=Friday Sat=Saturday Sun=Sunday"
    ),
    "de": _pairs(
        "Mo=Montag Di=Dienstag Mi=Mittwoch Do=Donnerstag Fr=Freitag Sa=Samstag So=Sonntag"
    ),
    "fr": _pairs(
        "lun.=lundi mar.=mardi mer.=mercredi jeu.=jeudi ven.=vendredi sam.=samedi dim.=dimanche"
    ),
    "es": _pairs(
        "lun=lunes mar=martes mié=miércoles jue=jueves vie=viernes sáb=sábado dom=domingo"
    ),
    "pt": _pairs(
        "seg=segunda-feira ter=terça-feira qua=quarta-feira qui=quinta-feira sex=sexta-feira"
        " sáb=sábado dom=domingo"
    ),
    "it": _pairs(
        "lun=lunedì mar=martedì mer=mercoledì gio=giovedì ven=venerdì sab=sabato dom=domenica"
    ),
    "nl": _pairs("ma=maandag di=dinsdag wo=woensdag do=donderdag vr=vrijdag za=zaterdag zo=zondag"),
    "pl": _pairs(
        "pon=poniedziałek wt=wtorek śr=środa czw=czwartek pt=piątek sob=sobota nie=niedziela"
    ),
    "ja": _pairs("月=月曜日 火=火曜日 水=水曜日 木=木曜日 金=金曜日 土=土曜日 日=日曜日"),
    "zh": _pairs(
        "周一=星期一 周二=星期二 周三=星期三 周四=星期四 周五=星期五 周六=星期六 周日=星期日"
    ),
}
