"""What pyca's cryptography reads in the files that it tests itself with (PyPI: cryptography_vectors), as JSON.

    facts.py            every file with certificates, requests, CRLs or keys, PEM or DER
    facts.py PREFIX     those whose path starts with it

    { "root": the package's folder,
      "files": [{ "path", "items": [one for each PEM block, one for DER] }] }

An item has its `kind` (certificate, request, crl, privateKey, publicKey, unknown) and the facts, or `error`, the class
of the exception. A single fact that can't be read (cryptography parses some of them only when asked) is
{ "error": class } in its place, so that the rest can still be compared. Hexadecimal is in lower case without colons.
"""

import base64
import hashlib
import json
import pathlib
import re
import sys
import warnings

import cryptography_vectors
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

# It warns of what is deprecated: negative serial numbers, small keys. That is what some of these files are for.
warnings.simplefilter("ignore")

ROOT = pathlib.Path(cryptography_vectors.__file__).parent
FOLDERS = ["asymmetric", "pkcs12/ca", "pkcs7", "x509"]
SUFFIXES = {".pem", ".der", ".crt", ".crl"}
# OpenSSH's own formats are another world: no TLS tool takes them.
EXCLUDED = ["asymmetric/OpenSSH/"]
# Those of cryptography's own tests.
PASSPHRASES = [
    *(b"123456", b"foobar", b"baz", b"password", b"a123456", b"hunter2", b"hunter42", b"PolarSSLTest"),
    b"Red Hat Enterprise Linux 7.4",
]
LABELS = {
    "CERTIFICATE": "certificate",
    "X509 CERTIFICATE": "certificate",
    "CERTIFICATE REQUEST": "request",
    "NEW CERTIFICATE REQUEST": "request",
    "X509 CRL": "crl",
    "PUBLIC KEY": "publicKey",
    "RSA PUBLIC KEY": "publicKey",
    "PRIVATE KEY": "privateKey",
    "ENCRYPTED PRIVATE KEY": "privateKey",
    "RSA PRIVATE KEY": "privateKey",
    "EC PRIVATE KEY": "privateKey",
    "DSA PRIVATE KEY": "privateKey",
}
BLOCK = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----.*?-----END [A-Z0-9 ]+-----", re.DOTALL)
SEQUENCE = 0x30
KEY_USAGES = {
    "digital_signature": "digitalSignature",
    "content_commitment": "nonRepudiation",
    "key_encipherment": "keyEncipherment",
    "data_encipherment": "dataEncipherment",
    "key_agreement": "keyAgreement",
    "key_cert_sign": "keyCertSign",
    "crl_sign": "cRLSign",
    "encipher_only": "encipherOnly",
    "decipher_only": "decipherOnly",
}


def main(prefix=""):
    names = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES)
    paths = sorted(path.relative_to(ROOT).as_posix() for path in names)
    chosen = [path for path in paths if path.startswith(prefix) and not path.startswith(tuple(EXCLUDED))]
    files = [{"path": path, "items": items((ROOT / path).read_bytes())} for path in chosen]
    json.dump({"root": str(ROOT), "files": files}, sys.stdout, indent=1)


def items(data):
    blocks = list(BLOCK.finditer(data))
    if not blocks:
        return [der(data)]
    return [pem(LABELS.get(block[1].decode(), "unknown"), block[0] + b"\n") for block in blocks]


def pem(kind, block):
    if kind == "unknown":
        return {"kind": kind, "error": "UnknownLabel"}
    readers = {
        "certificate": lambda: certificate(x509.load_pem_x509_certificate(block)),
        "request": lambda: request(x509.load_pem_x509_csr(block)),
        "crl": lambda: crl(x509.load_pem_x509_crl(block)),
        "privateKey": lambda: private_key(serialization.load_pem_private_key, block),
        "publicKey": lambda: public_key(serialization.load_pem_public_key(block), unwrapped(block)),
    }
    return attempt(kind, readers[kind])


def unwrapped(block):
    return base64.b64decode(b"".join(block.splitlines()[1:-1]))


def der(data):
    """No two of these are valid for the same bytes; the first that reads them says what they are."""
    readers = {
        "certificate": lambda: certificate(x509.load_der_x509_certificate(data)),
        "request": lambda: request(x509.load_der_x509_csr(data)),
        "crl": lambda: crl(x509.load_der_x509_crl(data)),
        "publicKey": lambda: public_key(serialization.load_der_public_key(data), data),
        "privateKey": lambda: private_key(serialization.load_der_private_key, data),
    }
    for kind, reader in readers.items():
        item = attempt(kind, reader)
        if "error" not in item:
            return item
    return {"kind": "unknown", "error": "NoKindFits"}


def attempt(kind, reader):
    item = fact(reader)
    return {"kind": kind, **item}


def fact(reader):
    """An exception of any class is an answer here; one of Rust's panics does not derive from Exception."""
    try:
        return reader()
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        return {"error": type(error).__name__}


def certificate(read):
    data = read.public_bytes(serialization.Encoding.DER)
    tbs = elements(read.tbs_certificate_bytes)
    # [0] version, serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo
    spki = tbs[6 if tbs[0][0] == 0xA0 else 5]
    return {
        "version": fact(lambda: read.version.value + 1),
        "serialNumber": fact(lambda: f"{read.serial_number:x}"),
        "subject": fact(lambda: name(read.subject)),
        "issuer": fact(lambda: name(read.issuer)),
        "notBefore": fact(lambda: read.not_valid_before_utc.isoformat()),
        "notAfter": fact(lambda: read.not_valid_after_utc.isoformat()),
        "publicKey": spki_facts(spki, read.public_key),
        "signatureAlgorithm": fact(lambda: read.signature_algorithm_oid.dotted_string),
        "sha256": hashlib.sha256(data).hexdigest(),
        "extensions": fact(lambda: extensions(read.extensions)),
    }


def request(read):
    # version, subject, subjectPKInfo
    spki = elements(read.tbs_certrequest_bytes)[2]
    return {
        "subject": fact(lambda: name(read.subject)),
        "publicKey": spki_facts(spki, read.public_key),
        "signatureAlgorithm": fact(lambda: read.signature_algorithm_oid.dotted_string),
        "signatureValid": fact(lambda: signature_valid(read)),
        "weakSignature": fact(lambda: read.signature_hash_algorithm.name in ("md5", "sha1")),
        "attributes": fact(lambda: [attribute(one) for one in read.attributes]),
        "extensions": fact(lambda: extensions(read.extensions)),
    }


def attribute(one):
    """With its text, where it is a UTF8String, a PrintableString or an IA5String; else with nothing."""
    return [one.oid.dotted_string, one.value.decode() if one._type in (12, 19, 22) else None]


def signature_valid(read):
    """Without cryptography's policy, for which a signature with SHA-1 is never valid."""
    key, hashed = read.public_key(), read.signature_hash_algorithm
    if not isinstance(hashed, hashes.SHA1):
        return read.is_signature_valid
    scheme = [padding.PKCS1v15()] if isinstance(key, rsa.RSAPublicKey) else []
    try:
        key.verify(read.signature, read.tbs_certrequest_bytes, *scheme, hashed)
        return True
    except InvalidSignature:
        return False


def crl(read):
    return {
        "issuer": fact(lambda: name(read.issuer)),
        "thisUpdate": fact(lambda: read.last_update_utc.isoformat()),
        "nextUpdate": fact(lambda: read.next_update_utc.isoformat() if read.next_update_utc else None),
        "signatureAlgorithm": fact(lambda: read.signature_algorithm_oid.dotted_string),
        "sha256": hashlib.sha256(read.public_bytes(serialization.Encoding.DER)).hexdigest(),
        "extensions": fact(lambda: extensions(read.extensions)),
        "revoked": fact(lambda: [revoked(entry) for entry in read]),
    }


def revoked(entry):
    def reason():
        extension = [one.value for one in entry.extensions if one.oid == x509.OID_CRL_REASON] if entry.extensions else []
        return extension[0].reason.value if extension else None

    return {
        "serialNumber": f"{entry.serial_number:x}",
        "date": entry.revocation_date_utc.isoformat(),
        "reason": fact(reason),
    }


def private_key(load, data):
    """Opened without a passphrase, else with the first that fits, which is told."""
    try:
        return key_pair(load(data, None))
    except TypeError:
        pass  # It is encrypted, and cryptography asks for a passphrase by this class.
    for passphrase in PASSPHRASES:
        try:
            return {"passphrase": passphrase.decode(), **key_pair(load(data, passphrase))}
        except ValueError:
            continue
    raise ValueError("no passphrase fits")


def key_pair(key):
    return public_key(key.public_key(), b"")


def public_key(key, data):
    # Theirs where it is one, since cryptography would write it anew: a compressed point, RSA-PSS without its parameters.
    spki = data
    if not data or elements(data)[0][0] != SEQUENCE:
        spki = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return {"publicKey": spki_facts(spki, lambda: key)}


def spki_facts(spki, load):
    # RSA-PSS may have parameters of its own, and a curve may be described where its name should stand.
    algorithm = elements(elements(spki)[0])
    pss = algorithm[0].hex() == "06092a864886f70d01010a"
    spelt_out = len(algorithm) > 1 and algorithm[1][0] == SEQUENCE
    return {"sha256": hashlib.sha256(spki).hexdigest(), "pss": pss, "speltOut": spelt_out, **fact(lambda: key_facts(load()))}


def key_facts(key):
    facts = {"type": type(key).__name__.removesuffix("PublicKey")}
    if isinstance(key, rsa.RSAPublicKey):
        facts |= {"bits": key.key_size, "exponent": key.public_numbers().e}
    elif isinstance(key, ec.EllipticCurvePublicKey):
        facts |= {"curve": key.curve.name}
    return facts


def name(read):
    # A BIT STRING (unique identifier) comes as bytes.
    texts = [[attribute.oid.dotted_string, text(attribute.value)] for attribute in read]
    return {"text": read.rfc4514_string(), "attributes": texts, "multiValued": any(len(list(rdn)) > 1 for rdn in read.rdns)}


def text(value):
    return {"hex": value.hex()} if isinstance(value, bytes) else value


def extensions(read):
    facts = {"all": [[one.oid.dotted_string, one.critical] for one in read]}
    for one in read:
        value = one.value
        if isinstance(value, x509.SubjectAlternativeName):
            facts["altNames"] = fact(lambda: [alt_name(other) for other in value])
        elif isinstance(value, x509.KeyUsage):
            # The two last ones can be asked for beside key_agreement only.
            asked = KEY_USAGES if value.key_agreement else list(KEY_USAGES)[:7]
            facts["keyUsage"] = [KEY_USAGES[usage] for usage in asked if getattr(value, usage)]
        elif isinstance(value, x509.ExtendedKeyUsage):
            facts["extendedKeyUsage"] = [usage.dotted_string for usage in value]
        elif isinstance(value, x509.BasicConstraints):
            facts["basicConstraints"] = {"ca": value.ca, "pathLength": value.path_length}
        elif isinstance(value, x509.SubjectKeyIdentifier):
            facts["subjectKeyIdentifier"] = value.digest.hex()
        elif isinstance(value, x509.AuthorityKeyIdentifier):
            facts["authorityKeyIdentifier"] = value.key_identifier.hex() if value.key_identifier else None
        elif isinstance(value, x509.NameConstraints):
            subtrees = {"permitted": value.permitted_subtrees or [], "excluded": value.excluded_subtrees or []}
            facts["nameConstraints"] = {which: [alt_name(other) for other in names] for which, names in subtrees.items()}
        elif isinstance(value, x509.CRLDistributionPoints):
            names = [other for point in value for other in point.full_name or []]
            facts["crlDistributionPoints"] = [other.value for other in names if is_uri(other)]
        elif isinstance(value, x509.AuthorityInformationAccess):
            for method, which in ((x509.OID_OCSP, "ocsp"), (x509.OID_CA_ISSUERS, "caIssuers")):
                names = [one.access_location for one in value if one.access_method == method]
                facts[which] = [other.value for other in names if is_uri(other)]
        elif isinstance(value, x509.CertificatePolicies):
            facts["certificatePolicies"] = [policy(one) for one in value]
        elif isinstance(value, x509.CRLNumber):
            facts["crlNumber"] = f"{value.crl_number:x}"
    return facts


def is_uri(other):
    return isinstance(other, x509.UniformResourceIdentifier)


def policy(one):
    """With the URLs of its practice statements, which cryptography tells as text beside the objects of notices."""
    return [one.policy_identifier.dotted_string, [text for text in one.policy_qualifiers or [] if isinstance(text, str)]]


def alt_name(other):
    kinds = {x509.DNSName: "dns", x509.RFC822Name: "email", x509.UniformResourceIdentifier: "uri"}
    if type(other) in kinds:
        return {kinds[type(other)]: other.value}
    if isinstance(other, x509.IPAddress):
        return {"ip": other.value.packed.hex() if hasattr(other.value, "packed") else str(other.value)}
    if isinstance(other, x509.RegisteredID):
        return {"registeredId": other.value.dotted_string}
    if isinstance(other, x509.OtherName):
        return {"otherName": other.type_id.dotted_string, "value": other.value.hex()}
    return {"directoryName": name(other.value)}


def elements(sequence):
    """The elements of a DER SEQUENCE, each with its header: cryptography re-encodes public keys, and we want theirs."""
    start, end = content(sequence, 0)
    found = []
    while start < end:
        _, after = content(sequence, start)
        found.append(sequence[start:after])
        start = after
    return found


def content(data, at):
    """Where the content of the element at this place starts and ends. No tag here has more than one octet."""
    length, start = data[at + 1], at + 2
    if length & 0x80:
        start += length & 0x7F
        length = int.from_bytes(data[at + 2 : start], "big")
    return start, start + length


main(*sys.argv[1:])
