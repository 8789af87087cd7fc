"""List what people write above a column, by meaning and language, as they write it.

Case, accents, spaces and punctuation do not matter here (``headings.simplify``). What stands in
``BARE_NAME`` means the first, the last or the whole name, as the columns beside it tell.
"""

from __future__ import annotations

from zoomdesk.roster.fields import Field

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "ja", "zh")

BARE_NAME = "name; nom; nombre; nome; naam; namn; navn; お名前; 名前; 名字; 名称; 名稱"

WEAK = (
    "first; last; given; names; participant; attendee; registrant; delegate; Teilnehmer; "
    "Teilnehmer:in; Teilnehmende; Ansprechpartner; contact person; participante; asistente; "
    "partecipante; deelnemer; uczestnik; 名; title; titre; título; titolo; account; "
    "estado; state; stan; stato; role; rôle; Rolle; rol; rola; ruolo; message; mensaje; "
    "messaggio; Nachricht; questions; Fragen; preguntas; perguntas; domande; vragen; pytania; "
    "via; kod; CAP; CP; UF; prov; messagerie; 市; 州; Hausname; 英文名; "
    "school"
)
"""Words that often mean something else: they count when nothing speaks against them."""

SYNONYMS: dict[Field, dict[str, str]] = {
    Field.EMAIL: {
        "en": "email; email address; e mail id; email id; mail; mail address; electronic mail; "
        "mail id; e-address",
        "de": "E-Mail-Adresse; Mailadresse; Email Adr; E-Mail Adr.; E-Post; Mail-Adr; "
        "E-Mailadresse; Emailanschrift; elektronische Post",
        "fr": "courriel; adresse email; adresse mail; adresse électronique; mél; "
        "adresse courriel; adresse de messagerie; e-mèl; messagerie",
        "es": "correo; correo electrónico; dirección de correo; dirección de correo electrónico; "
        "dirección email; dirección electrónica; mail de contacto; e-correo",
        "pt": "endereço de email; correio eletrónico; correio eletrônico; endereço eletrônico; "
        "endereço eletrónico; endereço de correio eletrónico",
        "it": "indirizzo email; indirizzo mail; posta elettronica; "
        "indirizzo di posta elettronica; indirizzo elettronico; e-mail indirizzo",
        "nl": "e-mailadres; mailadres; elektronische post; emailadressen",
        "pl": "adres e-mail; adres mailowy; adres email; poczta elektroniczna; "
        "adres poczty elektronicznej; mejl; adres mejlowy",
        "ja": "メールアドレス; 電子メール; Eメール; メール; Eメールアドレス; E-mailアドレス; "
        "電子メールアドレス; メアド; メルアド; mailアドレス",
        "zh": "邮箱; 电子邮件; 电子邮箱; 邮件; 邮箱地址; 邮件地址; 电子邮件地址; 电邮; 电邮地址; "
        "E-mail地址; 電子郵件; 電子信箱; 電郵; 郵箱; 信箱; 電子郵件地址; 電郵地址; "
        "電子郵箱; 電子郵件信箱; E-mail信箱",
    },
    Field.FIRST_NAME: {
        "en": "first name; given name; forename; first; given; fname; given names; first names; "
        "1st name; christian name; first name(s); preferred first name; firstname",
        "de": "Vorname; Vornamen; Rufname; Vor-Name",
        "fr": "prénom; prénoms; petit nom; prénom usuel",
        "es": "nombres; nombre de pila; primer nombre; nombre propio",
        "pt": "primeiro nome; nome próprio; nomes próprios; prenome; nome de batismo",
        "it": "prenome; nome di battesimo; nome proprio; primo nome",
        "nl": "voornaam; roepnaam; voornamen",
        "pl": "imię; imiona; pierwsze imię",
        "ja": "名; 下の名前; 名前(名); ファーストネーム; 氏名(名); 名(漢字)",
        "zh": "名; 英文名; 名(名字)",
    },
    Field.LAST_NAME: {
        "en": "last name; surname; family name; last; lname; sur name; 2nd name; second name; "
        "last names; lastname",
        "de": "Nachname; Familienname; Zuname; Nachnamen; Hausname",
        "fr": "nom de famille; nom d'usage; patronyme; nom patronymique; nom usuel",
        "es": "apellido; apellidos; primer apellido; apellido paterno; apellido(s)",
        "pt": "sobrenome; apelido; último nome; apelidos; sobrenomes; nome de família",
        "it": "cognome; cognomi; nome di famiglia",
        "nl": "achternaam; familienaam; geslachtsnaam",
        "pl": "nazwisko; nazwiska; nazwisko rodowe",
        "ja": "姓; 苗字; 名字(姓); ラストネーム; 氏; 氏名(姓); 姓(漢字)",
        "zh": "姓; 姓氏",
    },
    Field.FULL_NAME: {
        "en": "full name; name and surname; first and last name; complete name; display name; "
        "contact person; first name last name; last name first name; participant; "
        "attendee; registrant; name surname; surname name; first name and last name; "
        "surname and name; names; delegate",
        "de": "Vor- und Nachname; Name und Vorname; Vorname Nachname; Name Vorname; "
        "vollständiger Name; Vorname Name; Nachname Vorname; Vorname und Nachname; "
        "Teilnehmer; ganzer Name; Ansprechpartner; Teilnehmername; Vor- und Zuname; "
        "Teilnehmer:in; Vorname und Name; Nach- und Vorname; Teilnehmende",
        "fr": "nom complet; nom et prénom; prénom et nom; nom prénom; prénom nom; "
        "noms et prénoms; nom et prénoms; participant; nom, prénom",
        "es": "nombre completo; nombre y apellidos; nombre y apellido; nombres y apellidos; "
        "apellidos nombre; apellidos y nombre; apellidos y nombres; participante; asistente; "
        "nombre apellidos",
        "pt": "nome completo; nome e sobrenome; nome e apelido; participante; nome sobrenome",
        "it": "nome completo; nome e cognome; cognome e nome; nominativo; nome cognome; "
        "partecipante; cognome nome",
        "nl": "volledige naam; voor- en achternaam; naam en voornaam; deelnemer; "
        "voornaam en achternaam; voornaam achternaam",
        "pl": "imię i nazwisko; nazwisko i imię; imię nazwisko; pełne imię i nazwisko; "
        "nazwisko imię; uczestnik",
        "ja": "氏名; 姓名; フルネーム; ご氏名; ご芳名; 参加者名; 名前(フルネーム); 氏名(漢字); "
        "芳名",
        "zh": "姓名; 全名; 中文姓名; 真实姓名; 真實姓名; 参会人; 參加人; 姓名(中文)",
    },
    Field.ORG: {
        "en": "company; organization; organisation; company name; employer; institution; firm; "
        "affiliation; business; business name; organization name; organisation name; "
        "account; school; university; company organization; account name; workplace; "
        "institute; agency",
        "de": "Firma; Unternehmen; Organisation; Firmenname; Arbeitgeber; Institution; Betrieb; "
        "Gesellschaft; Hochschule; Universität; Verein; Name der Firma; Einrichtung; "
        "Behörde",
        "fr": "société; entreprise; organisation; organisme; établissement; employeur; "
        "raison sociale; nom de la société; nom de l'entreprise; structure; institution",
        "es": "empresa; organización; compañía; institución; entidad; razón social; universidad; "
        "nombre de la empresa; sociedad; centro de trabajo",
        "pt": "empresa; organização; instituição; companhia; nome da empresa; entidade; "
        "universidade",
        "it": "azienda; società; ditta; organizzazione; ente; ragione sociale; istituzione; "
        "nome azienda; impresa; università; nome dell'azienda",
        "nl": "bedrijf; organisatie; bedrijfsnaam; instelling; werkgever; firma; onderneming; "
        "naam bedrijf; organisatienaam; naam organisatie",
        "pl": "firma; organizacja; nazwa firmy; instytucja; pracodawca; przedsiębiorstwo; "
        "uczelnia; nazwa organizacji; spółka; nazwa instytucji",
        "ja": "会社名; 会社; 企業名; 所属; 組織; 勤務先; 団体名; 組織名; 貴社名; 御社名; 法人名; "
        "学校名; 所属先; 企業; 勤務先名; 会社名・団体名; 所属機関",
        "zh": "公司; 单位; 公司名称; 机构; 组织; 企业; 单位名称; 工作单位; 公司名; 企业名称; "
        "學校; 學校名稱; 公司名稱; 單位; 機構; 組織; 企業名稱; 服務單位; 任職機構; "
        "机构名称; 單位名稱",
    },
    Field.JOB_TITLE: {
        "en": "job title; title; position; role; job; function; job role; designation; "
        "occupation; job position; profession; job function; title position",
        "de": "Position; Funktion; Berufsbezeichnung; Stellenbezeichnung; Beruf; Stelle; Rolle; "
        "Jobtitel; Tätigkeit; Dienststellung",
        "fr": "fonction; poste; titre; intitulé du poste; profession; titre du poste; métier",
        "es": "cargo; puesto; puesto de trabajo; posición; función; profesión; título; ocupación",
        "pt": "cargo; função; posição; profissão; título do cargo; ocupação",
        "it": "ruolo; posizione; qualifica; mansione; funzione; professione; titolo",
        "nl": "functie; functietitel; beroep; rol; functienaam; positie; functieomschrijving",
        "pl": "stanowisko; funkcja; zawód; stanowisko pracy; rola; pozycja",
        "ja": "役職; 職種; 肩書; 肩書き; 職位; 職業; 役職名; お役職; 職務",
        "zh": "职位; 职务; 岗位; 职称; 头衔; 職位; 職稱; 職務; 頭銜; 崗位; 职业; 職業",
    },
    Field.PHONE: {
        "en": "phone; telephone; phone number; mobile; mobile number; cell; cell phone; tel; "
        "telephone number; mobile phone; contact number; phone no; tel no; mobile no; "
        "cell number; whatsapp; work phone; telephone no",
        "de": "Telefon; Telefonnummer; Tel.-Nr.; Handy; Mobil; Handynummer; Mobilnummer; "
        "Rufnummer; Mobiltelefon; Telefon-Nr; Telefonnr; Mobilfunknummer; Fon; Festnetz; "
        "Durchwahl",
        "fr": "téléphone; numéro de téléphone; portable; tél; n° de téléphone; mobile; "
        "téléphone portable; téléphone mobile; numéro de portable; gsm",
        "es": "teléfono; número de teléfono; móvil; celular; teléfono móvil; tel; "
        "nº de teléfono; teléfono celular; número de celular; número telefónico; "
        "número de contacto",
        "pt": "telefone; número de telefone; telemóvel; celular; contacto telefónico; fone; "
        "telefone celular; telefone de contato; número de telemóvel",
        "it": "telefono; numero di telefono; cellulare; tel; recapito telefonico; "
        "telefono cellulare; numero telefono; n. telefono; numero di cellulare",
        "nl": "telefoon; telefoonnummer; mobiel; mobiele nummer; gsm; tel.nr; mobiel nummer; "
        "gsm-nummer; mobiele telefoon; tel nummer",
        "pl": "telefon; numer telefonu; komórka; tel; nr telefonu; telefon komórkowy; nr tel; "
        "telefon kontaktowy; numer tel; numer kontaktowy",
        "ja": "電話番号; 電話; 携帯; 携帯電話; 携帯番号; 携帯電話番号; TEL; お電話番号; "
        "連絡先電話番号; ご連絡先電話番号",
        "zh": "电话; 手机; 手机号; 电话号码; 手机号码; 联系电话; 電話; 手機; 手機號碼; 電話號碼; "
        "聯絡電話; 行動電話; 移动电话; 手機號; 連絡電話",
    },
    Field.ADDRESS: {
        "en": "address; street; street address; postal address; mailing address; address line 1; "
        "home address; address 1; street and number; addr",
        "de": "Adresse; Straße; Strasse; Anschrift; Straße und Hausnummer; Postanschrift; Str.; "
        "Straße Nr; Postadresse; Straße Hausnummer; Strasse und Nr; Wohnadresse",
        "fr": "adresse; rue; adresse postale; voie; adresse ligne 1; n° et rue; adresse 1",
        "es": "dirección; calle; domicilio; dirección postal; calle y número; direccion 1",
        "pt": "endereço; morada; rua; endereço postal; logradouro; morada postal",
        "it": "indirizzo; via; indirizzo postale; indirizzo di residenza; via e numero; "
        "via e n. civico",
        "nl": "adres; straat; straatnaam; postadres; straat en huisnummer; straat en nummer",
        "pl": "adres; ulica; adres pocztowy; ulica i numer; ul; adres zamieszkania; "
        "adres korespondencyjny",
        "ja": "住所; ご住所; 番地; 所在地; 町名番地; 住所1; 現住所",
        "zh": "地址; 街道; 通讯地址; 联系地址; 住址; 通訊地址; 聯絡地址; 街道地址; 详细地址; "
        "邮寄地址; 郵寄地址",
    },
    Field.CITY: {
        "en": "city; town; locality; city town; municipality",
        "de": "Ort; Stadt; Wohnort; Gemeinde; Ortschaft",
        "fr": "ville; commune; localité",
        "es": "ciudad; localidad; población; municipio; poblacion",
        "pt": "cidade; localidade; município; concelho",
        "it": "città; comune; località",
        "nl": "plaats; stad; woonplaats; gemeente; plaatsnaam",
        "pl": "miasto; miejscowość; miejsce zamieszkania",
        "ja": "市区町村; 市町村; 市; 都市; 市区",
        "zh": "城市; 市; 所在城市; 縣市; 市县; 城镇",
    },
    Field.STATE: {
        "en": "state; province; region; county; state province; state region; state or province",
        "de": "Bundesland; Kanton; Provinz; Region; Land/Region",
        "fr": "région; département; province; état; canton",
        "es": "provincia; región; comunidad autónoma; departamento; entidad federativa",
        "pt": "estado; UF; distrito; província; região",
        "it": "provincia; regione; prov",
        "nl": "provincie; regio",
        "pl": "województwo; region; stan; powiat",
        "ja": "都道府県; 県; 州; 都道府県名; 府県",
        "zh": "省; 省份; 州; 省市; 所在省份; 自治区; 省/州; 省州; 所在省",
    },
    Field.ZIP: {
        "en": "zip; zip code; postal code; postcode; post code; zip postal code; zip postcode; "
        "postal zip code; zipcode",
        "de": "PLZ; Postleitzahl; Post-Leitzahl",
        "fr": "code postal; CP; NPA",
        "es": "código postal; C.P.; cod postal",
        "pt": "CEP; código postal; cód. postal",
        "it": "CAP; codice postale; codice di avviamento postale",
        "nl": "postcode; post-code",
        "pl": "kod pocztowy; kod; kod poczt.",
        "ja": "郵便番号; 〒; 郵便",
        "zh": "邮编; 邮政编码; 郵遞區號; 郵政編碼; 邮递区号; 郵區號; 郵遞",
    },
    Field.COUNTRY: {
        "en": "country; country region; nation; country code; country of residence",
        "de": "Land; Staat; Herkunftsland; Ländercode; Wohnsitzland; Länderkürzel",
        "fr": "pays; pays région; pays de résidence; code pays",
        "es": "país; país de residencia; código de país; país región",
        "pt": "país; país de residência; código do país; país região",
        "it": "paese; nazione; stato; paese di residenza; codice paese",
        "nl": "land; landcode; land van herkomst",
        "pl": "kraj; państwo; kraj zamieszkania; kod kraju",
        "ja": "国; 国名; 国籍・地域; 国・地域; 居住国; 国コード",
        "zh": "国家; 国别; 国家地区; 國家; 國別; 國家地區; 国家/地区; 國家/地區; 所在国家",
    },
    Field.INDUSTRY: {
        "en": "industry; sector; branch; line of business; industry sector; business sector",
        "de": "Branche; Industrie; Sektor; Geschäftsfeld; Wirtschaftszweig; Industriezweig",
        "fr": "secteur; industrie; secteur d'activité; branche; domaine d'activité",
        "es": "sector; industria; rubro; giro; sector de actividad; ramo; actividad económica",
        "pt": "setor; indústria; ramo; ramo de atividade; segmento; setor de atividade; sector",
        "it": "settore; industria; comparto; settore di attività; settore merceologico",
        "nl": "branche; industrie; sector; bedrijfstak",
        "pl": "branża; przemysł; sektor; gałąź przemysłu; sektor działalności",
        "ja": "業界; 業種; 産業; 事業分野; 業態",
        "zh": "行业; 产业; 所属行业; 行業; 產業; 行业类别; 產業別; 所屬行業; 行业领域",
    },
    Field.COMMENTS: {
        "en": "comments; comment; notes; remarks; note; remark; questions and comments; message; "
        "questions comments; additional comments; questions",
        "de": "Bemerkung; Bemerkungen; Kommentar; Anmerkung; Anmerkungen; Notiz; Notizen; "
        "Kommentare; Hinweis; Hinweise; Fragen; Nachricht; Vermerk",
        "fr": "commentaire; commentaires; remarque; remarques; note; observations; questions; "
        "notes",
        "es": "comentarios; comentario; observaciones; notas; nota; observación; preguntas; "
        "mensaje",
        "pt": "comentários; comentário; observações; notas; nota; observação; obs; perguntas",
        "it": "commenti; commento; note; nota; osservazioni; domande; annotazioni; messaggio",
        "nl": "opmerkingen; opmerking; notities; commentaar; toelichting; vragen; notitie",
        "pl": "uwagi; komentarz; komentarze; notatki; uwaga; notatka; pytania; "
        "dodatkowe informacje",
        "ja": "備考; コメント; ご質問; メモ; 備考欄; 質問; 連絡事項; ご要望; 特記事項; "
        "備考・コメント",
        "zh": "备注; 评论; 留言; 说明; 備註; 評論; 備考; 附註; 意见; 问题与意见; 註記",
    },
    Field.NO_OF_EMPLOYEES: {
        "en": "number of employees; no of employees; company size; employees; employee count; "
        "headcount; # of employees; organization size; num employees; staff size",
        "de": "Anzahl Mitarbeiter; Mitarbeiterzahl; Unternehmensgröße; Mitarbeiteranzahl; "
        "Anzahl der Mitarbeiter; Anzahl Beschäftigte; Firmengröße; Zahl der Mitarbeiter; "
        "Beschäftigtenzahl",
        "fr": "nombre d'employés; effectif; nombre de salariés; taille de l'entreprise; "
        "effectifs; nb d'employés; nb de salariés",
        "es": "número de empleados; nº de empleados; tamaño de la empresa; plantilla; "
        "n.º empleados; cantidad de empleados; núm. de empleados",
        "pt": "número de funcionários; nº de funcionários; número de colaboradores; "
        "tamanho da empresa; número de empregados; quantidade de funcionários",
        "it": "numero di dipendenti; numero dipendenti; n. dipendenti; dimensione azienda; "
        "dipendenti; dimensioni dell'azienda",
        "nl": "aantal medewerkers; aantal werknemers; bedrijfsgrootte; personeelsomvang; "
        "aantal personeelsleden",
        "pl": "liczba pracowników; wielkość firmy; liczba zatrudnionych; ilość pracowników; "
        "zatrudnienie",
        "ja": "従業員数; 社員数; 会社規模; 企業規模; 職員数; 従業員規模",
        "zh": "员工人数; 公司规模; 员工数; 企业规模; 員工人數; 公司規模; 員工數; 企業規模; "
        "员工数量; 人员规模; 人數規模",
    },
    Field.PURCHASING_TIME_FRAME: {
        "en": "purchasing time frame; purchase timeframe; buying timeframe; purchasing timeline; "
        "purchase time frame; time frame for purchase; buying time frame; "
        "purchase timeline",
        "de": "Kaufzeitraum; Zeitrahmen für den Kauf; Kaufzeitpunkt; Anschaffungszeitraum; "
        "geplanter Kaufzeitpunkt; Zeitraum der Anschaffung; Kaufzeitrahmen; "
        "Zeitrahmen Kauf",
        "fr": "délai d'achat; calendrier d'achat; échéance d'achat; horizon d'achat; "
        "période d'achat; date d'achat prévue",
        "es": "plazo de compra; periodo de compra; tiempo de compra; marco temporal de compra; "
        "fecha prevista de compra; plazo previsto de compra",
        "pt": "prazo de compra; período de compra; previsão de compra; tempo de compra; "
        "prazo para compra",
        "it": "tempi di acquisto; periodo di acquisto; tempistiche di acquisto; "
        "orizzonte di acquisto; tempistica di acquisto; data prevista di acquisto",
        "nl": "aankooptermijn; termijn van aankoop; aankoopperiode; aanschaftermijn; "
        "tijdsbestek aankoop",
        "pl": "termin zakupu; planowany termin zakupu; czas zakupu; okres zakupu; horyzont zakupu",
        "ja": "購入時期; 導入時期; 購入予定時期; 導入予定時期; 購入予定; 検討時期",
        "zh": "采购时间; 购买时间; 采购时间范围; 预计采购时间; 採購時間; 購買時間; 採購時程; "
        "預計採購時間; 采购计划时间",
    },
    Field.ROLE_IN_PURCHASE_PROCESS: {
        "en": "role in purchase process; purchasing role; buying role; purchase role; "
        "role in purchasing process; role in buying process; role in the purchase process",
        "de": "Rolle im Kaufprozess; Kaufrolle; Rolle im Einkaufsprozess; "
        "Rolle im Beschaffungsprozess; Rolle bei der Kaufentscheidung; Entscheiderrolle",
        "fr": "rôle dans le processus d'achat; rôle d'achat; rôle dans l'achat; "
        "rôle dans la décision d'achat",
        "es": "rol en el proceso de compra; papel en la compra; función en el proceso de compra; "
        "papel en el proceso de compra; rol en la compra",
        "pt": "papel no processo de compra; função no processo de compra; papel na compra; "
        "função na compra",
        "it": "ruolo nel processo di acquisto; ruolo nell'acquisto; ruolo d'acquisto; "
        "ruolo nella decisione di acquisto",
        "nl": "rol in het aankoopproces; rol bij aankoop; aankooprol; rol in aankoopproces; "
        "rol in het inkoopproces",
        "pl": "rola w procesie zakupu; rola w procesie zakupowym; rola zakupowa; rola w zakupie",
        "ja": "購入プロセスにおける役割; 購買における役割; 導入における立場; 購入の役割; 決裁権; "
        "導入への関与",
        "zh": "采购角色; 采购流程中的角色; 在采购流程中的角色; 购买角色; 採購角色; "
        "採購流程中的角色; 購買角色; 決策角色; 决策角色",
    },
    Field.LANGUAGE: {
        "en": "language; preferred language; lang; locale; interpretation language",
        "de": "Sprache; bevorzugte Sprache; Korrespondenzsprache; Muttersprache",
        "fr": "langue; langue préférée; langue de correspondance; langue parlée",
        "es": "idioma; lengua; idioma preferido; idioma de preferencia",
        "pt": "idioma; língua; idioma preferido; idioma preferencial",
        "it": "lingua; lingua preferita; idioma; lingua parlata",
        "nl": "taal; voorkeurstaal; gewenste taal",
        "pl": "język; preferowany język; język komunikacji",
        "ja": "言語; 使用言語; 希望言語",
        "zh": "语言; 首选语言; 語言; 慣用語言; 語系; 使用语言; 偏好语言",
    },
}

ELSEWHERE: dict[Field, str] = {
    Field.EMAIL: "e-postadress; mejladress; e-postadresse; mailadresse; sähköposti; "
    "sähköpostiosoite; e-mailová adresa; emailová adresa; e-mail cím; adresă de email; "
    "e-posta; e-posta adresi; почта; электронная почта; эл. почта; адрес электронной почты; "
    "имейл; електронна пошта; ηλεκτρονικό ταχυδρομείο; 이메일; 이메일 주소; 메일; "
    "البريد الإلكتروني; אימייל; דואר אלקטרוני; địa chỉ email; อีเมล",
    Field.FIRST_NAME: "förnamn; fornavn; etunimi; jméno; krstné meno; keresztnév; utónév; prenume; "
    "ad; adı; имя; ім'я; όνομα; الاسم الأول; שם פרטי; tên; ชื่อ",
    Field.LAST_NAME: "efternamn; etternavn; efternavn; sukunimi; příjmení; priezvisko; vezetéknév; "
    "nume de familie; soyad; soyadı; фамилия; прізвище; επώνυμο; 성; اسم العائلة; "
    "שם משפחה; họ; นามสกุล",
    Field.FULL_NAME: "fullständigt namn; för- och efternamn; fulde navn; fullt navn; koko nimi; "
    "jméno a příjmení; meno a priezvisko; teljes név; nume complet; nume și prenume; "
    "ad soyad; adı soyadı; фио; полное имя; имя и фамилия; піб; ονοματεπώνυμο; "
    "이름; 성명; 성함; الاسم; الاسم الكامل; שם מלא; họ và tên; họ tên; ชื่อ-นามสกุล",
    Field.ORG: "företag; firma; yritys; společnost; cég; companie; şirket; компания; організація; "
    "организация; εταιρεία; 회사; 회사명; 소속; الشركة; חברה; công ty; บริษัท",
}
"""The columns that matter most, in further languages."""
