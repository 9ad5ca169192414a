"""Python's judges of a folder with the guide's files: cryptography's own path builder, and ssl with strict flags.

    judge.py verify FOLDER SERVER_CA CLIENT_CA SECONDS    each role under its CA at that time; exit code 1 says why not
    judge.py names FOLDER CA LEAF SECONDS                 a client under its CA; prints the names that were verified
    judge.py revoked FOLDER CA LIST LEAF                  whether the CA signed the list; prints what it says of the leaf
    judge.py handshake FOLDER SERVER_CA CLIENT_CA         mutual TLS between two strict ssl contexts, now
"""

import datetime
import pathlib
import socket
import ssl
import sys
import threading

from cryptography import x509
from cryptography.x509 import verification


def load(folder, name):
    return x509.load_pem_x509_certificate((folder / name).read_bytes())


def verify(folder, server_ca, client_ca, seconds):
    time = datetime.datetime.fromtimestamp(int(seconds), datetime.timezone.utc)

    def builder(ca):
        return verification.PolicyBuilder().store(verification.Store([load(folder, ca)])).time(time)

    server = builder(server_ca).build_server_verifier(x509.DNSName("localhost"))
    server.verify(load(folder, "bob_server.crt"), [])
    client = builder(client_ca).build_client_verifier().verify(load(folder, "amy_client.crt"), [])
    assert client.subjects, "no alternative name was returned"


def names(folder, ca, leaf, seconds):
    time = datetime.datetime.fromtimestamp(int(seconds), datetime.timezone.utc)
    store = verification.Store([load(folder, ca)])
    builder = verification.PolicyBuilder().store(store).time(time)
    for name in builder.build_client_verifier().verify(load(folder, leaf), []).subjects:
        value = name.value
        print(type(name).__name__, value.rfc4514_string() if isinstance(value, x509.Name) else getattr(value, "dotted_string", value))


def revoked(folder, ca, list_name, leaf):
    revocations = x509.load_pem_x509_crl((folder / list_name).read_bytes())
    assert revocations.is_signature_valid(load(folder, ca).public_key()), "the signature is not the CA's"
    assert revocations.issuer.public_bytes() == load(folder, ca).subject.public_bytes(), "the issuer is another"
    entry = revocations.get_revoked_certificate_by_serial_number(load(folder, leaf).serial_number)
    if entry is None:
        print("not revoked")
    else:
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
        print(reason.value, entry.revocation_date_utc.isoformat())


def handshake(folder, server_ca, client_ca):
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "bob_server.crt", folder / "bob_server.key")
    server.load_verify_locations(folder / client_ca)
    server.verify_mode = ssl.CERT_REQUIRED
    client = ssl.create_default_context(cafile=folder / server_ca)
    client.load_cert_chain(folder / "amy_client.crt", folder / "amy_client.key")
    for context in (server, client):
        context.verify_flags |= ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN
    ours, theirs = socket.socketpair()
    failures = []

    def serve():
        try:
            with server.wrap_socket(theirs, server_side=True) as tls:
                name = dict(part for rdn in tls.getpeercert()["subject"] for part in rdn)["commonName"]
                tls.sendall(name.encode())
        except (OSError, ssl.SSLError) as error:
            failures.append(error)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with client.wrap_socket(ours, server_hostname="localhost") as tls:
            said = tls.recv(100)
    finally:
        thread.join(10)
    assert not failures, failures
    assert said == b"amy-client", said


command, folder, *rest = sys.argv[1:]
{"verify": verify, "names": names, "revoked": revoked, "handshake": handshake}[command](pathlib.Path(folder), *rest)
