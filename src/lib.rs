//! mtls-certs
