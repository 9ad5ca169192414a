//! Octets as hexadecimal text. Without the formatting machinery, which costs a page more than it does.

/// `AA:BB:…`.
pub(crate) fn colons(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len() * 3);
    for octet in octets {
        if !text.is_empty() {
            text.push(':');
        }
        text.extend(digits(*octet));
    }
    text
}

/// `aabb…`.
pub(crate) fn plain(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len() * 2);
    octets.iter().for_each(|octet| text.extend(digits(*octet)));
    text.make_ascii_lowercase();
    text
}

/// The two digits of an octet, in capitals.
pub(crate) fn digits(octet: u8) -> [char; 2] {
    [octet >> 4, octet & 0xf]
        .map(|digit| char::from(if digit < 10 { b'0' + digit } else { b'A' - 10 + digit }))
}

/// Two digits for each octet, with colons between all of them or none.
pub(crate) fn read(text: &str) -> Option<Vec<u8>> {
    let step = if text.as_bytes().get(2) == Some(&b':') { 3 } else { 2 };
    let octets = text.as_bytes().chunks(step).enumerate().map(|(place, group)| match *group {
        [high, low, b':'] if (place + 1) * 3 < text.len() => octet(high, low),
        [high, low] => octet(high, low),
        _ => None,
    });
    octets.collect()
}

/// The same for a number, which may be written without a zero in front.
pub(crate) fn read_number(text: &str) -> Option<Vec<u8>> {
    if text.is_empty() {
        None
    } else if text.len() % 2 == 1 && text.as_bytes().get(2) != Some(&b':') {
        read(&["0", text].concat())
    } else {
        read(text)
    }
}

fn octet(high: u8, low: u8) -> Option<u8> {
    let digit = |letter: u8| char::from(letter).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_as_they_are_written() {
        for octets in [&[][..], &[0], &[0xff, 0], &[1, 2, 3]] {
            assert_eq!(read(&colons(octets)).as_deref(), Some(octets));
            assert_eq!(read(&plain(octets)).as_deref(), Some(octets));
        }
        // Nobody knows what the others mean.
        for bad in
            ["1", "1:2", "01:", ":01", "01::02", "0102:03", "01:0203", "01:2", "+1", "é", "0x01", "01 02"]
        {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(read_number("1f4"), Some(vec![1, 0xf4]));
        assert_eq!(read_number("01:F4"), Some(vec![1, 0xf4]));
        assert_eq!(read_number("5"), Some(vec![5]));
        for bad in ["", "1:2:3", "1:02", "01:02:3", "-1", "0x1F", "1 2"] {
            assert_eq!(read_number(bad), None, "{bad}");
        }
    }
}
