"""Know countries by name: Zoom takes their two letters (ISO 3166-1 alpha-2)."""

from __future__ import annotations

from functools import cache

from zoomdesk.roster.headings import compact

_COUNTRIES = """
AF Afghanistan; AX Åland Islands; AL Albania; DZ Algeria; AS American Samoa; AD Andorra; AO
Angola; AI Anguilla; AQ Antarctica; AG Antigua and Barbuda; AR Argentina; AM Armenia; AW Aruba; AU
Australia; AT Austria; AZ Azerbaijan; BS Bahamas; BH Bahrain; BD Bangladesh; BB Barbados; BY
Belarus; BE Belgium; BZ Belize; BJ Benin; BM Bermuda; BT Bhutan; BO Bolivia; BQ Bonaire; BA Bosnia
and Herzegovina; BW Botswana; BV Bouvet Island; BR Brazil; IO British Indian Ocean Territory; BN
Brunei; BG Bulgaria; BF Burkina Faso; BI Burundi; CV Cape Verde, Cabo Verde; KH Cambodia; CM
Cameroon; CA Canada; KY Cayman Islands; CF Central African Republic; TD Chad; CL Chile; CN China;
CX Christmas Island; CC Cocos Islands; CO Colombia; KM Comoros; CG Congo, Republic of the Congo;
CD Democratic Republic of the Congo, DR Congo; CK Cook Islands; CR Costa Rica; CI Côte d’Ivoire,
Ivory Coast; HR Croatia; CU Cuba; CW Curaçao; CY Cyprus; CZ Czechia, Czech Republic; DK Denmark;
DJ Djibouti; DM Dominica; DO Dominican Republic; EC Ecuador; EG Egypt; SV El Salvador; GQ
Equatorial Guinea; ER Eritrea; EE Estonia; SZ Eswatini, Swaziland; ET Ethiopia; FK Falkland
Islands; FO Faroe Islands; FJ Fiji; FI Finland; FR France; GF French Guiana; PF French Polynesia;
TF French Southern Territories; GA Gabon; GM Gambia; GE Georgia; DE Germany, Deutschland; GH
Ghana; GI Gibraltar; GR Greece; GL Greenland; GD Grenada; GP Guadeloupe; GU Guam; GT Guatemala; GG
Guernsey; GN Guinea; GW Guinea-Bissau; GY Guyana; HT Haiti; HM Heard and McDonald Islands; VA
Vatican City, Holy See; HN Honduras; HK Hong Kong; HU Hungary; IS Iceland; IN India; ID Indonesia;
IR Iran; IQ Iraq; IE Ireland; IM Isle of Man; IL Israel; IT Italy, Italia; JM Jamaica; JP Japan;
JE Jersey; JO Jordan; KZ Kazakhstan; KE Kenya; KI Kiribati; KP North Korea; KR South Korea, Korea,
Republic of Korea; KW Kuwait; KG Kyrgyzstan; LA Laos; LV Latvia; LB Lebanon; LS Lesotho; LR
Liberia; LY Libya; LI Liechtenstein; LT Lithuania; LU Luxembourg; MO Macao, Macau; MG Madagascar;
MW Malawi; MY Malaysia; MV Maldives; ML Mali; MT Malta; MH Marshall Islands; MQ Martinique; MR
Mauritania; MU Mauritius; YT Mayotte; MX Mexico; FM Micronesia; MD Moldova; MC Monaco; MN
Mongolia; ME Montenegro; MS Montserrat; MA Morocco; MZ Mozambique; MM Myanmar; NA Namibia; NR
Nauru; NP Nepal; NL Netherlands, The Netherlands, Holland; NC New Caledonia; NZ New Zealand; NI
Nicaragua; NE Niger; NG Nigeria; NU Niue; NF Norfolk Island; MK North Macedonia, Macedonia; MP
Northern Mariana Islands; NO Norway; OM Oman; PK Pakistan; PW Palau; PS Palestine; PA Panama; PG
Papua New Guinea; PY Paraguay; PE Peru; PH Philippines; PN Pitcairn; PL Poland; PT Portugal; PR
Puerto Rico; QA Qatar; RE Réunion; RO Romania; RU Russia, Russian Federation; RW Rwanda; BL Saint
Barthélemy; SH Saint Helena; KN Saint Kitts and Nevis; LC Saint Lucia; MF Saint Martin; PM Saint
Pierre and Miquelon; VC Saint Vincent and the Grenadines; WS Samoa; SM San Marino; ST Sao Tome and
Principe; SA Saudi Arabia; SN Senegal; RS Serbia; SC Seychelles; SL Sierra Leone; SG Singapore; SX
Sint Maarten; SK Slovakia; SI Slovenia; SB Solomon Islands; SO Somalia; ZA South Africa; GS South
Georgia and the South Sandwich Islands; SS South Sudan; ES Spain, España; LK Sri Lanka; SD Sudan;
SR Suriname; SJ Svalbard and Jan Mayen; SE Sweden; CH Switzerland, Schweiz, Suisse; SY Syria; TW
Taiwan; TJ Tajikistan; TZ Tanzania; TH Thailand; TL Timor-Leste, East Timor; TG Togo; TK Tokelau;
TO Tonga; TT Trinidad and Tobago; TN Tunisia; TR Türkiye, Turkey; TM Turkmenistan; TC Turks and
Caicos Islands; TV Tuvalu; UG Uganda; UA Ukraine; AE United Arab Emirates; GB United Kingdom, UK,
Great Britain, England, Scotland, Wales, Northern Ireland; US United States, USA, United States of
America; UM United States Minor Outlying Islands; UY Uruguay; UZ Uzbekistan; VU Vanuatu; VE
Venezuela; VN Vietnam, Viet Nam; VG British Virgin Islands; VI US Virgin Islands; WF Wallis and
Futuna; EH Western Sahara; YE Yemen; ZM Zambia; ZW Zimbabwe
"""
"""Code, English name, and what else an office writes for it."""

CODES: dict[str, str] = {
    name.strip(): code
    for entry in " ".join(_COUNTRIES.split()).split(";")
    for code, _, names in (entry.strip().partition(" "),)
    for name in names.split(",")
}
"""The code of each name."""

_KNOWN = frozenset(CODES.values())


def code_of(text: str) -> str:
    """Return the code of a country by its code or name, ``""`` for what is neither."""
    code = text.strip().upper()
    return code if code in _KNOWN else _by_form().get(compact(text), "")


@cache
def _by_form() -> dict[str, str]:
    return {compact(name): code for name, code in CODES.items()}
