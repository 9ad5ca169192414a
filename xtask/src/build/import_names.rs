//! What the wasm imports is called by wasm-bindgen with sixteen digits of a hash, which no compression makes shorter, in the wasm and in
//! its glue: `__wbg_get_2080c49015e35254`. Here it is called `get`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};

/// By the long name, for names in the order of the wasm: the same wasm has the same names.
pub fn shortened<'a>(names: impl Iterator<Item = &'a str>) -> BTreeMap<String, String> {
    let mut taken = BTreeSet::new();
    let mut shortened = BTreeMap::new();
    for name in names {
        let short =
            (1..)
                .map(|number| {
                    if number == 1 {
                        readable(name).to_owned()
                    } else {
                        format!("{}{number}", readable(name))
                    }
                })
                .find(|short| !taken.contains(short))
                .unwrap_or_default();
        taken.insert(short.clone());
        shortened.insert(name.to_owned(), short);
    }
    shortened
}

/// Without the prefix and the hash.
fn readable(name: &str) -> &str {
    let Some((rest, hash)) = name.rsplit_once('_') else { return name };
    if hash.len() != 16 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return name;
    }
    rest.trim_start_matches("__wbg_").trim_start_matches("__wbindgen_")
}

/// The glue with the short names. Each long one must stand there once, as the key of a function: else wasm-bindgen writes glue in another
/// way than it did, and this has to be looked at.
pub fn renamed(mut glue: String, names: &BTreeMap<String, String>) -> Result<String> {
    for (name, short) in names {
        let key = format!("        {name}: function(");
        ensure!(
            glue.matches(name).count() == 1 && glue.contains(&key),
            "the glue does not have {name} once, as a key"
        );
        glue = glue.replace(&key, &format!("        {short}: function("));
    }
    Ok(glue)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 5] = [
        "__wbg_get_2080c49015e35254",
        "__wbg___wbindgen_is_null_c22311b1cc228e3a",
        "__wbg_get_bb8b6b35041e00c9",
        "__wbindgen_init_externref_table",
        "__wbg_set_0123456789abcdeg",
    ];

    #[test]
    fn names_lose_their_hash_and_stay_apart() {
        let names = shortened(NAMES.into_iter());
        let short: Vec<&str> = NAMES.iter().map(|name| &*names[*name]).collect();
        assert_eq!(
            short,
            ["get", "is_null", "get2", "__wbindgen_init_externref_table", "__wbg_set_0123456789abcdeg"]
        );
    }

    #[test]
    fn glue_is_renamed_where_every_name_is_a_key_once() {
        let names = shortened(NAMES[..1].iter().copied());
        let glue = |name: &str| {
            format!("    const import0 = {{\n        {name}: function(arg0) {{\n        }},\n    }};\n")
        };
        let known = glue(NAMES[0]);
        assert_eq!(renamed(known.clone(), &names).unwrap(), glue("get"));
        assert!(renamed(format!("{known}{known}"), &names).is_err());
        assert!(renamed(known.replace(": function(", ": ("), &names).is_err());
        assert!(renamed(String::new(), &names).is_err());
    }
}
