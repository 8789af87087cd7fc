"""List what people write above a column, by meaning, in the form of ``header.compact``."""

from __future__ import annotations

from zoomdesk.roster.fields import Field

SYNONYMS: dict[Field, str] = {
    Field.EMAIL: "email emailaddress mail mailaddress emailadresse mailadresse epost courriel "
    "adresseemail adressemail adressemel mel correo correoelectronico direcciondecorreo "
    "direcciondecorreoelectronico enderecodeemail correioeletronico indirizzoemail posta "
    "postaelettronica emailadres mailadres adresemail adrespocztyelektronicznej "
    "メールアドレス 電子メール eメール メール "
    "邮箱 电子邮件 电子邮箱 邮件地址 電子郵件 電郵 信箱 電子信箱",
    Field.FIRST_NAME: "firstname first givenname forename vorname rufname prenom nombres "
    "nombredepila primernombre prenome nomeproprio voornaam imie 名 名前 下の名前 名字 given",
    Field.LAST_NAME: "lastname last surname familyname nachname familienname zuname nomdefamille "
    "apellido apellidos sobrenome apelido cognome achternaam familienaam nazwisko 姓 姓氏 苗字",
    Field.FULL_NAME: "name fullname namevorname vornamenachname nomprenom nomcomplet nombre "
    "nombrecompleto nome nomecompleto nomecognome naam volledigenaam imieinazwisko 氏名 お名前 姓名 "
    "nom "
    "nombreyapellidos vollstandigername",
    Field.ORG: "company organization organisation firma unternehmen entreprise societe empresa "
    "organizacion azienda bedrijf organisatie 会社名 会社 公司 单位",
}
