"""List the words in a heading that change nothing about its meaning, and those that do."""

from __future__ import annotations

from zoomdesk.roster.text import words

HARMLESS = frozenset(
    words(
        """
        a an the of for to in at your my our their his her s please enter provide fill use as
        participant participants attendee attendees registrant registrants guest guests delegate
        delegates student students member members employee customer client contact contacts person
        people speaker panelist invitee visitor user's individual legal
        work business private personal official office professional corporate company home direct
        required mandatory optional field only no nr num 1
        what is which wie lautet ist quel quelle est cual es qual ticket holder
        ihre ihr ihrer deine dein unser der die das des dem den fur zur von vom am im aus
        teilnehmer teilnehmers teilnehmerin teilnehmerinnen teilnehmenden teilnehmende gast gaste
        gastes kontakt ansprechpartner ansprechpartners ansprechperson person mitarbeiter
        mitarbeiters mitarbeiterin kunde kunden kundin mitglied mitglieds referent referenten
        geschaftlich geschaftliche dienstlich dienstliche privat private beruflich berufliche
        personlich personliche firmen pflichtfeld pflicht erforderlich bitte angeben gultige
        votre vos notre du de la le les des d l un une participant participante participants invite
        invites inscrit inscrits client membre employe salarie contact intervenant
        professionnel professionnelle pro prive privee personnel personnelle obligatoire
        valide facultatif
        su sus tu tus del el los las asistente asistentes participante participantes invitado
        invitados inscrito contacto cliente miembro alumno alumnos empleado ponente
        profesional corporativo corporativa trabajo laboral institucional obligatorio obligatoria
        requerido opcional
        seu sua do da dos das participante convidado contato aluno aluna membro funcionario
        profissional corporativo pessoal institucional obrigatorio opcional
        tuo tua suo sua vostro dell della di degli partecipante partecipanti invitato iscritto
        contatto socio dipendente relatore aziendale lavoro personale privata obbligatorio
        obbligatoria facoltativo referente
        uw je jouw van het deelnemer deelnemers gast contactpersoon klant medewerker lid spreker
        zakelijk zakelijke prive werk verplicht persoonlijk persoonlijke optioneel
        twoj twoje pana pani uczestnika uczestniczki uczestnik uczestnikow goscia klienta pracownika
        kontaktowy sluzbowy sluzbowa prywatny prywatna firmowy wymagane pole osoby osoba
        """
    )
)
"""Words that name whose or which column it is; what is left says what it means."""

OF_A_COMPANY = frozenset(
    words("company corporate business office firmen aziendale corporativo institucional agency")
)
"""Words that make a “name” the name of the employer: “Name of company”."""

PRIMARY = frozenset(
    words(
        """
        primary main preferred work business official office professional corporate
        haupt hauptemail bevorzugte geschaftlich geschaftliche dienstlich dienstliche beruflich
        berufliche principal principale preferee professionnel professionnelle profesional
        corporativo laboral preferido profissional aziendale lavoro preferita zakelijk zakelijke
        werk voorkeur hoofd sluzbowy glowny firmowy
        """
    )
)
SECONDARY = frozenset(
    words(
        """
        2 3 4 second secondary alternate alternative alt backup other additional another extra
        confirm confirmation again repeat retype verify old former previous cc bcc
        zweite weitere alternativ alternative sonstige wiederholen bestatigen bestatigung
        wiederholung alte secondaire autre confirmer confirmation ancien ancienne
        secundario secundaria alternativo alternativa otro otra confirmar confirmacion repetir
        outro outra confirmacao repita secondario secondaria altro altra conferma ripeti
        tweede andere bevestig bevestiging herhaal drugi dodatkowy inny potwierdz powtorz
        private privat prive privee personal personnel personnelle pessoal personale prywatny home
        kana furigana katakana phonetic romaji カナ かな ふりがな フリガナ ローマ字 セイ メイ
        拼音 pinyin
        """
    )
)
"""Words of a column that serves only where there is no better one."""

CHANGING = frozenset(
    words(
        """
        sent send opened clicked bounced status date time opt optin optout consent subscribed
        unsubscribed valid verified count number subject body template type domain format flag yes
        manager supervisor assistant host sender owner boss parent guardian emergency
        organizer organiser sponsor invited booked created updated modified by
        verschickt gesendet versendet geschickt erhalten datum zeitpunkt einwilligung abgemeldet
        vorgesetzter vorgesetzte vorgesetzten chef assistenz absender versand versandt betreff
        envoye envoi date responsable expediteur objet consentement statut
        enviado enviada fecha jefe remitente asunto estado data envio remetente assunto
        inviata inviato invio mittente oggetto consenso
        verzonden verstuurd afzender onderwerp toestemming
        wyslano wyslany nadawca temat zgoda data
        送信 送信済 送信日 上司 送信者 件名 已发送 发送 主管 发件人 主题 已發送 寄件人 主旨
        """
    )
)
"""Words that make it a column about something else, whatever its cells look like."""

EAST_ASIAN_HARMLESS = words(
    "参加者 受講者 出席者 登録者 申込者 申込 ご担当者 担当者 ご担当 お客様 会員 社員 受講生 "
    "学生 ご本人 本人 代表者 ゲスト 必須 任意 入力 あなたの 勤務先 会社 法人 業務用 仕事用 "
    "個人 半角 全角 漢字 英語 の 様 ご 参会者 参会人 参加人 參加者 與會者 与会者 参与者 學員 "
    "学员 学生 學生 嘉宾 嘉賓 客户 客戶 员工 員工 联系人 聯絡人 会员 會員 报名人 報名人 报名者 "
    "報名者 您的 你的 的 必填 选填 選填 工作 公司 个人 单位 常用 主要 请填写 請填寫"
)
"""Pieces that Chinese and Japanese put around a word without a space."""
