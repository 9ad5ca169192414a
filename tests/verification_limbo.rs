//! x509-limbo: 208 cases of path validation with what RFC 5280 and the CA/Browser Forum expect. The vectors lie beside the project; where
//! they do not, this says so and passes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use common::NOW;
use mtls_certs::verification::{Certificates, Crls, Purpose, VerifyOptions, verify};
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Nobody waits longer for an answer, whatever the chain. Debug builds are some ten times slower than what is shipped.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Default, Debug)]
struct Counts {
    accepted_rightly: usize,
    accepted_wrongly: usize,
    rejected_rightly: usize,
    rejected_wrongly: usize,
    not_applicable: usize,
}

#[test]
fn answers_as_expected_but_for_explained_deviations() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let vectors = root.join("../shared/vectors");
    let Ok(limbo) = std::fs::read_to_string(vectors.join("limbo.json")) else {
        // Past libtest's capture, which would swallow it.
        let _ = writeln!(std::io::stderr(), "x509-limbo: skipped, ../shared/vectors/limbo.json is not there");
        return;
    };
    let verdicts: Value =
        serde_json::from_str(&std::fs::read_to_string(vectors.join("limbo_verdicts.json")).unwrap()).unwrap();
    let limbo: Value = serde_json::from_str(&limbo).unwrap();
    let table: Value =
        serde_json::from_str(&std::fs::read_to_string(root.join("tests/data/limbo.json")).unwrap()).unwrap();
    let not_applicable = table["notApplicable"].as_object().unwrap();
    let mut explained: BTreeMap<&str, &Value> =
        table["deviations"].as_object().unwrap().iter().map(|(id, why)| (id.as_str(), why)).collect();
    let (mut counts, mut problems, mut gates) = (Counts::default(), Vec::new(), 0);
    for case in limbo["testcases"].as_array().unwrap() {
        let id = case["id"].as_str().unwrap();
        if texts(&case["features"]).iter().any(|feature| not_applicable.contains_key(*feature)) {
            counts.not_applicable += 1;
            continue;
        }
        let started = Instant::now();
        let (accepted, told) = answer(case);
        if started.elapsed() > PATIENCE {
            problems.push(format!("{id}: took {:?}", started.elapsed()));
        }
        let expected = case["expected_result"] == "SUCCESS";
        let gate = verdicts[id]["gate"] == true;
        match (accepted, expected) {
            (true, true) => counts.accepted_rightly += 1,
            (true, false) => counts.accepted_wrongly += 1,
            (false, false) => counts.rejected_rightly += 1,
            (false, true) => counts.rejected_wrongly += 1,
        }
        if accepted == expected {
            gates += usize::from(gate);
            if explained.remove(id).is_some() {
                problems.push(format!("{id}: answers as expected, and stands among the deviations"));
            }
        } else if gate || explained.remove(id).is_none() {
            problems.push(format!(
                "{id}: expected {}, told {told} {}",
                case["expected_result"], case["description"]
            ));
        }
    }
    problems.extend(explained.keys().map(|id| format!("{id}: explained, and no such case")));
    let _ = writeln!(std::io::stderr(), "x509-limbo: {counts:?}, {gates} gates");
    assert!(problems.is_empty(), "{} problems, {counts:?}\n{}", problems.len(), problems.join("\n"));
    assert_eq!(gates + gates_not_applicable(&limbo, &verdicts, not_applicable), 90);
}

/// Whether it is accepted, and what is told.
fn answer(case: &Value) -> (bool, String) {
    let read = |text: &str| Certificates::read(text.as_bytes());
    let all = |key: &str| {
        let files: Result<Vec<_>, _> = texts(&case[key]).into_iter().map(read).collect();
        files.and_then(Certificates::together)
    };
    let at = case["validation_time"].as_str().map(|text| OffsetDateTime::parse(text, &Rfc3339).unwrap());
    let name = case["expected_peer_name"]["value"].as_str();
    let purpose = if case["validation_kind"] == "CLIENT" { Purpose::Client } else { Purpose::Server };
    let crls: Vec<_> =
        texts(&case["crls"]).into_iter().map(|text| Crls::read(text.as_bytes()).unwrap()).collect();
    let options = || {
        Ok::<_, mtls_certs::Error>(VerifyOptions {
            certificate: read(case["peer_certificate"].as_str().unwrap())?,
            chain: all("untrusted_intermediates")?,
            trusted: all("trusted_certs")?,
            purpose,
            host: name.filter(|_| purpose == Purpose::Server).map(VerifyOptions::host).transpose()?,
            at: at.unwrap_or(NOW),
            crls: if crls.is_empty() { None } else { Some(Crls::together(crls)?) },
        })
    };
    match options().and_then(|options| verify(&options)) {
        Ok(verdict) => {
            let told: Vec<_> =
                verdict.reasons.iter().map(|r| format!("{}: {}", r.code.text(), r.message)).collect();
            (verdict.reasons.is_empty(), told.join(" | "))
        }
        Err(error) => (false, error.to_string()),
    }
}

fn gates_not_applicable(
    limbo: &Value,
    verdicts: &Value,
    not_applicable: &serde_json::Map<String, Value>,
) -> usize {
    let cases = limbo["testcases"].as_array().unwrap().iter();
    let skipped = cases.filter(|case| {
        let features = texts(&case["features"]);
        features.iter().any(|feature| not_applicable.contains_key(*feature))
    });
    skipped.filter(|case| verdicts[case["id"].as_str().unwrap()]["gate"] == true).count()
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}
