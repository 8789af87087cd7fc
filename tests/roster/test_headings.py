"""Headings as people write them, in ten languages, and their false friends."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoomdesk.roster.fields import Field
from zoomdesk.roster.headings import compact, read_heading, simplify
from zoomdesk.roster.synonyms import BARE_NAME, ELSEWHERE, LANGUAGES, SYNONYMS, WEAK

EMAIL, FIRST, LAST, FULL = Field.EMAIL, Field.FIRST_NAME, Field.LAST_NAME, Field.FULL_NAME

HEADINGS = {
    EMAIL: """
        E-Mail|e-mail|EMAIL|email address|Email Address:|E-mail Address *|email address (work)
        EmailAddress|email_address|eMail|E mail|E-Mail\nAdresse|Work Email|Business e-mail
        Attendee email|Participant's e-mail address|Participant’s email|Your email address
        Email (required)|E-mail [Required]|Email - required|* Email|Primary Email|Email 1
        E-Mail-Adresse *|E-Mail-Adresse (geschäftlich)|Dienstliche E-Mail|E-Mail Teilnehmer/in
        Mailadresse|Ihre E-Mail-Adresse|E-Mail des Teilnehmers|ｅ－ｍａｉｌ|E‑Mail (dienstlich)
        Courriel|Adresse e-mail|Adresse électronique|Adresse mail du participant|Mél.|E-mail pro
        Votre adresse e-mail|Courriel professionnel|Adresse courriel (obligatoire)
        Correo electrónico|CORREO ELECTRONICO|Dirección de correo electrónico|Correo|E-mail *
        Correo electrónico del asistente|Correo corporativo|Correo institucional
        Endereço de e-mail|E-mail do participante|Correio eletrónico|E-mail corporativo
        Indirizzo e-mail|Posta elettronica|E-mail aziendale|Indirizzo email del partecipante
        E-mailadres|E-mailadres deelnemer|Zakelijk e-mailadres|Uw e-mailadres
        Adres e-mail|Adres e-mail uczestnika|E-mail służbowy|Adres mailowy
        メールアドレス|メールアドレス（必須）|Eメール|E-mailアドレス|参加者メールアドレス
        ご担当者様メールアドレス
        勤務先メールアドレス|メールアドレス(半角)|電子メール
        邮箱|电子邮箱|电子邮件地址|您的邮箱（必填）|参会者邮箱|工作邮箱|邮箱 Email|電子郵件
        電子信箱|公司邮箱|聯絡人電郵
        What is your email?|Wie lautet Ihre E-Mail-Adresse?|Ticket Holder Email
        Email / Courriel|E-Mail | email|Email (邮箱)|Contact (email)
    """,
    FIRST: """
        First name|First Name *|FIRSTNAME|firstName|first_name|Given Name|Forename|First name(s)
        Participant first name|First name (as in passport)|1st Name|Attendee's First Name
        Vorname|Vorname(n)|Vorname des Teilnehmers|VORNAME *|Vorname / First name
        Prénom|PRÉNOM|Prenom|Prénom du participant|Prénom (obligatoire)|Prénom/First name
        Nombres|Nombre de pila|Primeiro nome|Nome próprio|Prenome|Voornaam|Voornaam deelnemer
        Imię|Imię uczestnika|IMIĘ|下の名前|名（必須）|お名前（名）|名 First Name|Name (first)
        Name (Vorname)
    """,
    LAST: """
        Last name|LastName|last_name|Surname|SURNAME|Family name|Attendee last name|Last Name*
        Nachname|Familienname|Zuname|Nachname (lt. Ausweis)|Nachname / Last name|Familien-Name
        Nom de famille|Nom d'usage|NOM DE FAMILLE|Nom / Last name|Nom (de famille)
        Apellidos|Apellido(s)|Primer apellido|Apellidos del participante|Sobrenome|Apelido
        Último nome|Cognome|COGNOME|Cognome partecipante|Achternaam|Familienaam|Nazwisko
        Nazwisko uczestnika|姓|姓（必須）|苗字|姓氏|お名前（姓）|姓 Last Name|Name (last)
        Name (Nachname)
    """,
    FULL: """
        Full name|FullName|Name and surname|Name & Surname|First and last name|First/Last name
        First name, last name|Participant|Name (first and last)|Last name, first name
        Vor- und Nachname|Name, Vorname|Vorname Nachname|Name / Vorname|Vollständiger Name
        Nom et prénom|Nom complet|NOM Prénom|Nom / Prénom|Prénom & nom|Nombre completo
        Nombre y apellidos|Nombre y apellidos del asistente|Apellidos, Nombre|Nome completo
        Nome e cognome|Nominativo|Cognome e nome|Volledige naam|Voor- en achternaam
        Imię i nazwisko|Imię i nazwisko uczestnika|Nazwisko i imię|氏名|お名前（フルネーム）
        参加者氏名
        フルネーム|姓名|您的姓名|参会者姓名|真实姓名（必填）|參加者姓名
    """,
    Field.ORG: """
        Company|Company name|Organisation|Organization Name|Employer|Institution|Name of company
        Firma|Unternehmen|Firma / Organisation|Name der Firma|Société|Entreprise|Nom de l'entreprise
        Empresa|Nombre de la empresa|Razón social|Nome da empresa|Azienda|Ragione sociale|Bedrijf
        Bedrijfsnaam|Nazwa firmy|Organizacja|会社名|貴社名|ご所属|公司|公司名称|单位|公司名稱
        Name (Firma)
    """,
    Field.JOB_TITLE: """
        Job title|JobTitle|Position|Designation|Your job title|Berufsbezeichnung|Funktion|Fonction
        Intitulé du poste|Cargo|Puesto|Puesto de trabajo|Função|Ruolo aziendale|Qualifica|Functie
        Functietitel|Stanowisko|役職|ご役職|职位|職稱|职务
    """,
    Field.PHONE: """
        Phone|Phone number|Tel.|Mobile|Cell phone|Work phone|Telefon|Telefonnummer|Handy|Tel.-Nr.
        Téléphone|N° de téléphone|Téléphone portable|Teléfono|Teléfono móvil|Celular|Telefone
        Telemóvel|Telefono|Cellulare|Telefoonnummer|Numer telefonu|Telefon kontaktowy|電話番号
        携帯電話番号|手机号码|联系电话|行動電話|Mobile / WhatsApp
    """,
    Field.COUNTRY: """
        Country|Country/Region|Land|Pays|País|Paese|Kraj|国|国・地域|国家|國家/地區|Nazione
    """,
    Field.CITY: "City|Town|Ort|Wohnort|Ville|Ciudad|Cidade|Città|Woonplaats|Miasto|市区町村|城市",
    Field.ZIP: """
        ZIP|Zip/Postal code|Postcode|PLZ|Code postal|Código postal|CEP|Kod pocztowy|郵便番号
        邮编
    """,
    Field.COMMENTS: """
        Comments|Bemerkungen|Commentaire|Observaciones|Observações|Uwagi|備考|备注|Note
    """,
    Field.INDUSTRY: "Industry|Branche|Secteur d'activité|Sector|Ramo|Settore|Branża|業種|行业",
    Field.LANGUAGE: "Language|Sprache|Langue|Idioma|Lingua|Taal|Język|言語|语言|Preferred language",
}

FALSE_FRIENDS = """
    Email sent?|E-Mail verschickt am|Email sent on|Email status|E-Mail gesendet|Email opt-in
    Email valid
    Email date|Mailing list|Newsletter|Emails sent|Email subject|Correo enviado|E-mail envoyé le
    Manager email|Manager's e-mail|Supervisor email|E-Mail Vorgesetzter|Assistant email|Host email
    Email du responsable|Correo del jefe|上司メールアドレス|送信日|邮件已发送|Email template
    Invited by
    User name|Username|Benutzername|Nickname|Spitzname|Middle name|Maiden name|Geburtsname
    Event name|Session name|Course name|File name|Sheet name|Name des Hotels|Hotel name|Product
    Project name|Nom du projet|Nombre del curso|Nome do evento|Nazwa kursu|イベント名
    学校の住所録|课程名称
    Last login|Last seen|First contact|First visit|Last updated|Date|Datum|Date of birth
    Geburtsdatum
    ID|Nr.|No.|#|Nummer|Row|Ticket|Price|Preis|Status|Anrede|Salutation|Geschlecht|フリガナ|性别
    编号
    Team name|Room|Table number|Dietary requirements|T-shirt size|Paid|Bezahlt|Confirmed|Check-in
    Emergency contact name|Parent email|IP address|MAC address|Web address|Website|URL|Link
    Company type|Company ID|Phone type|Country of birth code list|Score|Zoom|Webinar|2026-05-01
    ana@x.org|https://x.org|42|Yes|x|-|?|
"""


def listed(text: str) -> list[str]:
    return [
        heading.strip().replace("\\n", "\n")
        for line in text.strip("\n").replace("E-Mail\nAdresse", "E-Mail\\nAdresse").split("\n")
        for heading in line.split("|")
    ]


@pytest.mark.parametrize(
    ("heading", "field"),
    [(heading, field) for field, text in HEADINGS.items() for heading in listed(text) if heading],
)
def test_reads_headings_as_people_write_them(heading: str, field: Field) -> None:
    reading = read_heading(heading)
    assert reading.field is field
    assert reading.confidence >= 0.5


@pytest.mark.parametrize("heading", listed(FALSE_FRIENDS))
def test_is_not_taken_in_by_false_friends(heading: str) -> None:
    assert read_heading(heading).field not in (EMAIL, FIRST, LAST, FULL)


@pytest.mark.parametrize(
    "heading", ["Name", "Nom", "Nombre", "Nome", "Naam", "お名前", "Name *", "参加者の名前"]
)
def test_a_bare_name_is_for_its_neighbours_to_tell(heading: str) -> None:
    reading = read_heading(heading)
    assert (reading.field, reading.bare_name) == (FULL, True)


@pytest.mark.parametrize(
    "heading", ["E-Mail gesendet", "Manager email", "Email opt-in", "已发送邮件"]
)
def test_knows_a_heading_about_something_else(heading: str) -> None:
    assert read_heading(heading).changing


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("E-Mail (geschäftlich)", "E-Mail"),
        ("Email", "Email 2"),
        ("E-Mail", "E-Mail (privat)"),
        ("Primary email", "Secondary email"),
        ("Email", "Confirm email"),
        ("姓", "姓（カナ）"),
    ],
)
def test_ranks_columns_of_one_field(better: str, worse: str) -> None:
    assert read_heading(better).field is read_heading(worse).field is not None
    assert read_heading(better).rank > read_heading(worse).rank


def test_a_long_text_is_an_instruction() -> None:
    assert read_heading("Please enter the email address " * 3).field is None
    assert read_heading(f"Email address ({'we send the link there, ' * 5})").field is EMAIL


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("E-Mail-Adresse *", "e mail adresse"),
        ("firstName", "first name"),
        ("  Prénom\n(usuel) ", "prenom usuel"),
        ("Ｅｍａｉｌ", "email"),
        ("Imię", "imie"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("メールアドレス", "メールアドレス"),
        ("バス", "バス"),
        ("", ""),
    ],
)
def test_simplify(text: str, simple: str) -> None:
    assert simplify(text) == simple


@given(st.text(max_size=30))
def test_simplify_is_stable_and_reading_never_raises(text: str) -> None:
    assert compact(simplify(text)) == compact(text)
    read_heading(text)


@pytest.mark.parametrize(
    ("heading", "field"),
    [(form, field) for field, listed in ELSEWHERE.items() for form in listed.split(";")],
)
def test_further_languages(heading: str, field: Field) -> None:
    assert compact(heading)
    assert read_heading(heading).field is field


def test_every_field_has_words_in_every_language() -> None:
    for field in Field:
        assert set(SYNONYMS[field]) == set(LANGUAGES)


def test_no_words_mean_two_fields() -> None:
    meanings = defaultdict(set)
    for field, languages in SYNONYMS.items():
        for text in languages.values():
            for form in text.split(";"):
                assert compact(form), f"an empty form of {field}"
                meanings[compact(form)].add(field)
    assert {form: fields for form, fields in meanings.items() if len(fields) > 1} == {}
    assert not {compact(form) for form in BARE_NAME.split(";")} & set(meanings)
    assert {compact(form) for form in WEAK.split(";")} <= set(meanings)


@pytest.mark.parametrize("field", list(Field))
def test_every_listed_word_is_read_as_its_field(field: Field) -> None:
    for text in SYNONYMS[field].values():
        for form in text.split(";"):
            assert read_heading(form).field is field
