//! Object identifiers from text: dotted decimals that can be encoded (X.660).

use yasna::models::ObjectIdentifier;

/// Reads `1.2.840.113549`. `None` for what is no OID, or has an arc too large for any encoder.
pub(crate) fn parse(text: &str) -> Option<ObjectIdentifier> {
    const MAX_ARCS: usize = 64;
    let arc = |text: &str| {
        let canonical = text == "0" || !text.starts_with('0');
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // Many readers take arcs of up to 63 bits.
        text.parse::<u64>().ok().filter(|arc| canonical && digits && *arc <= i64::MAX as u64)
    };
    let arcs = text.split('.').map(arc).collect::<Option<Vec<u64>>>()?;
    match arcs.as_slice() {
        [0 | 1, second, ..] if *second < 40 => {}
        // Both are encoded as one number.
        [2, second, ..] if *second <= u64::from(u32::MAX) => {}
        _ => return None,
    }
    Some(ObjectIdentifier::new(arcs)).filter(|oid| oid.components().len() <= MAX_ARCS)
}

/// Whether it looks like one, so that the message can be about it.
pub(crate) fn looks_like_one(text: &str) -> bool {
    text.as_bytes().contains(&b'.') && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_can_be_encoded_and_no_other() {
        for good in ["1.2", "2.5.4.3", "0.9.2342.19200300.100.1.25", "2.999.1", "1.3.6.1.4.1.311.20.2.3"] {
            let oid = parse(good).unwrap();
            assert_eq!(oid.to_string(), good);
            assert!(!yasna::construct_der(|writer| writer.write_oid(&oid)).is_empty());
        }
        for bad in [
            "",
            "1",
            "1.",
            ".1",
            "3.1",
            "1.40",
            "1.2.03",
            "1.2.x",
            "1..2",
            "1.2.99999999999999999999",
            "-1.2",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
