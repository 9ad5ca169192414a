//! Which certificate was issued by which, and the ways from the leaf to what is trusted.
//!
//! Every bound here is against a chain that was made to be slow: the signatures that are looked at, the certificates that a way
//! may lead through, the ways that are tried.

use std::collections::HashMap;

use super::known::Known;
use crate::signature::Scheme;

/// A leaf, six intermediates (the most that rustls-webpki takes), an anchor.
const LONGEST: usize = 8;
const MAX_SIGNATURES: usize = 300;
const MAX_PATHS: usize = 64;
const MAX_STEPS: usize = 10_000;

/// All certificates: the leaf first, then the chain, then the trusted ones.
pub(super) struct Pool<'a> {
    pub all: Vec<Known<'a>>,
    pub first_trusted: usize,
}

impl<'a> Pool<'a> {
    pub(super) fn get(&self, index: usize) -> Option<&Known<'a>> {
        self.all.get(index)
    }

    pub(super) fn is_trusted(&self, index: usize) -> bool {
        index >= self.first_trusted
    }

    pub(super) fn trusted(&self) -> impl Iterator<Item = &Known<'a>> {
        self.all.iter().skip(self.first_trusted)
    }
}

/// How a certificate hangs on one of its issuer's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    /// The signature is the issuer's.
    Signed,
    /// The signature, or the issuer's key, is of a kind that can't be computed with here.
    Unverifiable,
    /// The signature is not the issuer's.
    Broken,
}

/// Indexes of certificates, from the leaf upwards.
pub(super) type Path = Vec<usize>;

pub(super) struct Graph<'p, 'a> {
    pool: &'p Pool<'a>,
    by_subject: HashMap<&'p str, Vec<usize>>,
    links: HashMap<usize, Vec<(usize, Link)>>,
    signatures: usize,
    /// A bound was reached, so that there may be more ways.
    pub exhausted: bool,
}

impl<'p, 'a> Graph<'p, 'a> {
    pub(super) fn new(pool: &'p Pool<'a>) -> Self {
        let mut by_subject: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, one) in pool.all.iter().enumerate() {
            by_subject.entry(&one.subject_key).or_default().push(index);
        }
        let mut graph =
            Self { pool, by_subject, links: HashMap::new(), signatures: MAX_SIGNATURES, exhausted: false };
        graph.explore();
        graph
    }

    /// How the second issued the first.
    pub(super) fn link(&self, below: usize, above: usize) -> Option<Link> {
        self.links.get(&below)?.iter().find(|(index, _)| *index == above).map(|(_, link)| *link)
    }

    /// Those of the chain that a way to something trusted leads through, and what it leads to.
    pub(super) fn useful(&self) -> (Vec<usize>, Vec<usize>) {
        let steps = self.steps_to_trusted(Link::Unverifiable);
        let depths = self.depths();
        let fits = |index: &usize| match (depths.get(index), steps.get(index)) {
            (Some(depth), Some(steps)) => depth + steps < LONGEST,
            _ => false,
        };
        let mut useful: Vec<_> = steps.keys().copied().filter(|index| *index != 0).filter(fits).collect();
        useful.sort_unstable();
        useful.into_iter().partition(|index| !self.pool.is_trusted(*index))
    }

    /// The ways from the leaf to something trusted, the likeliest first. Where there is none, one as far as it leads.
    pub(super) fn paths(&mut self) -> Vec<Path> {
        for worst in [Link::Unverifiable, Link::Broken] {
            let steps = self.steps_to_trusted(worst);
            if steps.contains_key(&0) {
                let mut walk = Walk { steps: &steps, worst, left: MAX_STEPS, found: Vec::new() };
                self.walk(&mut vec![0], &mut walk);
                let (left, found) = (walk.left, walk.found);
                self.exhausted |= left == 0 || found.len() >= MAX_PATHS;
                if !found.is_empty() {
                    return found;
                }
            }
        }
        vec![self.dead_end()]
    }

    /// Looks at the links of everything that a way of bounded length leads to.
    fn explore(&mut self) {
        let (mut level, mut seen) = (vec![0], vec![0]);
        for _ in 1..LONGEST {
            let mut next = Vec::new();
            for below in level {
                if self.pool.is_trusted(below) {
                    continue;
                }
                let links = self.look(below);
                for (above, _) in &links {
                    if !seen.contains(above) {
                        seen.push(*above);
                        next.push(*above);
                    }
                }
                self.links.insert(below, links);
            }
            level = next;
        }
        // What lies beyond is not looked at.
        self.exhausted |= level.iter().any(|index| !self.pool.is_trusted(*index) && self.leads_on(*index));
    }

    fn leads_on(&self, below: usize) -> bool {
        let Some(child) = self.pool.get(below) else { return false };
        let named = self.by_subject.get(child.issuer_key.as_str());
        named.into_iter().flatten().any(|above| *above != below)
    }

    /// Trusted ones first, then by how sure it is.
    fn look(&mut self, below: usize) -> Vec<(usize, Link)> {
        let pool = self.pool;
        let Some(child) = pool.get(below) else { return Vec::new() };
        let named = self.by_subject.get(child.issuer_key.as_str()).cloned().unwrap_or_default();
        let mut links = Vec::new();
        for above in named.into_iter().rev() {
            let Some(issuer) = pool.get(above).filter(|_| above != below) else { continue };
            if identifiers_differ(child, issuer) {
                continue;
            }
            let Some(left) = self.signatures.checked_sub(1) else {
                self.exhausted = true;
                break;
            };
            self.signatures = left;
            links.push((above, signed(child, issuer)));
        }
        links.sort_by_key(|(above, link)| (*link, !pool.is_trusted(*above)));
        links
    }

    /// The fewest steps from each certificate to a trusted one.
    fn steps_to_trusted(&self, worst: Link) -> HashMap<usize, usize> {
        let trusted = |links: &Vec<(usize, Link)>| {
            links
                .iter()
                .map(|(above, _)| *above)
                .filter(|above| self.pool.is_trusted(*above))
                .collect::<Vec<_>>()
        };
        let mut steps: HashMap<usize, usize> =
            self.links.values().flat_map(trusted).map(|index| (index, 0)).collect();
        for _ in 1..LONGEST {
            for (below, links) in &self.links {
                let reached = links.iter().filter(|(_, link)| *link <= worst);
                let nearest = reached.filter_map(|(above, _)| steps.get(above)).min().map(|steps| steps + 1);
                if let Some(nearest) = nearest {
                    let known = steps.entry(*below).or_insert(nearest);
                    *known = nearest.min(*known);
                }
            }
        }
        steps
    }

    /// The fewest steps from the leaf to each certificate.
    fn depths(&self) -> HashMap<usize, usize> {
        let mut depths = HashMap::from([(0, 0)]);
        let mut level = vec![0];
        for depth in 1..LONGEST {
            let mut next = Vec::new();
            for (above, link) in level.iter().filter_map(|below| self.links.get(below)).flatten() {
                if *link <= Link::Unverifiable && !depths.contains_key(above) {
                    depths.insert(*above, depth);
                    next.push(*above);
                }
            }
            level = next;
        }
        depths
    }

    fn walk(&self, path: &mut Path, walk: &mut Walk<'_>) {
        let Some(last) = path.last().copied() else { return };
        if self.pool.is_trusted(last) {
            walk.found.push(path.clone());
            return;
        }
        for (above, link) in self.links.get(&last).into_iter().flatten() {
            let fits = walk.steps.get(above).is_some_and(|steps| path.len() + steps < LONGEST);
            if *link > walk.worst || !fits || path.contains(above) {
                continue;
            }
            let Some(left) = walk.left.checked_sub(1).filter(|_| walk.found.len() < MAX_PATHS) else {
                return;
            };
            walk.left = left;
            path.push(*above);
            self.walk(path, walk);
            path.pop();
        }
    }

    /// The best link each time, until there is none.
    fn dead_end(&self) -> Path {
        let mut path = vec![0];
        while let Some(last) = path.last().filter(|_| path.len() < LONGEST) {
            let links = self.links.get(last).into_iter().flatten();
            let Some((next, _)) = links.clone().find(|(above, _)| !path.contains(above)) else { break };
            path.push(*next);
        }
        path
    }
}

struct Walk<'s> {
    steps: &'s HashMap<usize, usize>,
    worst: Link,
    left: usize,
    found: Vec<Path>,
}

/// Whether the one names another key, or another certificate (by its serial number and issuer), than the other is: OpenSSL then does
/// not take it for its issuer's.
pub(super) fn identifiers_differ(child: &Known<'_>, issuer: &Known<'_>) -> bool {
    keys_differ(child, issuer)
        || child.authority_serial_number.is_some_and(|serial| serial != issuer.parsed.serial_number)
        || child.authority_issuer_key.as_ref().is_some_and(|name| *name != issuer.issuer_key)
}

/// Whether it names another key.
pub(super) fn keys_differ(child: &Known<'_>, issuer: &Known<'_>) -> bool {
    matches!((child.authority_key_identifier, issuer.subject_key_identifier), (Some(wanted), Some(own)) if wanted != own)
}

fn signed(child: &Known<'_>, issuer: &Known<'_>) -> Link {
    let Ok(key) = &issuer.key else { return Link::Unverifiable };
    let Some(scheme) = Scheme::read(&child.parsed.signature_algorithm, key.key_type()) else {
        return Link::Unverifiable;
    };
    let (message, signature) = (child.parsed.to_be_signed, child.parsed.signature.0);
    if key.verify(scheme, message, signature) { Link::Signed } else { Link::Broken }
}
