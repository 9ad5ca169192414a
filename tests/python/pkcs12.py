"""What PyPI's cryptography reads of PKCS#12 files, and what it writes: python pkcs12.py read PASSPHRASE FILE …, or write PASSPHRASE KEY CERTIFICATE FILE.

`read` prints a line of JSON for each file: its names, and SHA-256 of its certificates; or the error.
"""

import json
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs12


def read(passphrase, files):
    for name in files:
        with open(name, "rb") as file:
            data = file.read()
        try:
            bundle = pkcs12.load_pkcs12(data, passphrase)
            certificates = [one for one in [bundle.cert, *bundle.additional_certs] if one]
            facts = {
                "key": bundle.key is not None,
                "names": [one.friendly_name and one.friendly_name.decode() for one in certificates],
                "certificates": [one.certificate.fingerprint(hashes.SHA256()).hex() for one in certificates],
            }
        except ValueError as error:
            facts = {"error": str(error)}
        print(json.dumps(facts))


def write(passphrase, key, certificate, target):
    with open(key, "rb") as file:
        key = serialization.load_pem_private_key(file.read(), None)
    with open(certificate, "rb") as file:
        certificate = x509.load_pem_x509_certificate(file.read())
    encryption = serialization.BestAvailableEncryption(passphrase)
    with open(target, "wb") as file:
        file.write(pkcs12.serialize_key_and_certificates(b"Amy", key, certificate, None, encryption))


if __name__ == "__main__":
    command, passphrase, *rest = sys.argv[1:]
    if command == "read":
        read(passphrase.encode(), rest)
    else:
        write(passphrase.encode(), *rest)
