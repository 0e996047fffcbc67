//! Who is answered: requests that name this server, and pages that came from it. Any page on the web can send requests
//! to a server on the reader's own machine, under the server's address or, by a name of its own that leads here, under
//! that name. Pure.

use std::net::IpAddr;

use axum::http::{HeaderMap, StatusCode, Uri, header};

/// The most bytes of an address; no page's is a tenth as long.
const LONGEST: usize = 4096;
/// The most bytes of a part of a path: no file system has longer names.
const LONGEST_NAME: usize = 255;

/// The names under which the server answers.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    /// Where it listens.
    own: IpAddr,
    /// What else the author allows, in lower case: the name of a proxy.
    allowed: Vec<String>,
}

impl Guard {
    pub(super) fn new(own: IpAddr, allowed: &[String]) -> Guard {
        let allowed = allowed.iter().map(|name| plain(name)).collect();
        Guard { own, allowed }
    }

    /// The status and the sentence with which a request is refused, if it is.
    pub(super) fn refuses(&self, uri: &Uri, headers: &HeaderMap) -> Option<(StatusCode, String)> {
        let length = uri
            .path_and_query()
            .map_or(0, |address| address.as_str().len());
        if length > LONGEST {
            let text = format!("the address is longer than {LONGEST} bytes");
            return Some((StatusCode::URI_TOO_LONG, text));
        }
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else {
            let text = "the request does not say which server it asks".to_string();
            return Some((StatusCode::BAD_REQUEST, text));
        };
        let host = host.to_str().unwrap_or_default();
        for host in [Some(host), uri.authority().map(|found| found.as_str())]
            .into_iter()
            .flatten()
        {
            if !self.is_own(host) {
                return Some((
                    StatusCode::FORBIDDEN,
                    format!(
                        "`{host}` is no name of this server: start it with --allow-host {} if it is to be",
                        name_of(host)
                    ),
                ));
            }
        }
        for origin in headers.get_all(header::ORIGIN) {
            let origin = origin.to_str().unwrap_or_default();
            let from = origin.split_once("://").map_or("", |(_, host)| host);
            let is_same = !from.is_empty() && from.eq_ignore_ascii_case(host);
            if !is_same && !self.allowed.contains(&plain(name_of(from))) {
                return Some((
                    StatusCode::FORBIDDEN,
                    format!(
                        "a page of `{origin}` is none of this server: start it with --allow-host {} if it is to be",
                        name_of(from)
                    ),
                ));
            }
        }
        None
    }

    fn is_own(&self, host: &str) -> bool {
        let name = plain(name_of(host));
        if self.allowed.contains(&name) || name == "localhost" {
            return true;
        }
        // An address cannot be made to lead elsewhere, as a name can.
        match name.parse::<IpAddr>() {
            Ok(address) if self.own.is_loopback() => address.is_loopback(),
            Ok(_) => true,
            Err(_) => false,
        }
    }
}

/// A host without its port and the brackets of an IPv6 address.
fn name_of(host: &str) -> &str {
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split(']').next().unwrap_or(rest);
    }
    match host.rsplit_once(':') {
        Some((name, port))
            if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.contains(':') =>
        {
            name
        }
        _ => host,
    }
}

fn plain(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

/// The file of the book that a path asks for, relative to the site's root and still encoded; nothing where no file can
/// be. A folder is its `index.html`.
pub(super) fn file(path: &str) -> Option<String> {
    let path = path.strip_prefix('/')?;
    let parts: Vec<&str> = path.split('/').collect();
    let (last, folders) = parts.split_last()?;
    if folders.iter().any(|part| part.is_empty())
        || parts.iter().any(|part| part.len() > LONGEST_NAME)
    {
        return None;
    }
    Some(if last.is_empty() {
        format!("/{path}index.html")
    } else {
        format!("/{path}")
    })
}

/// The way from a path's page to the site's root: empty, or `../` for each folder.
pub(super) fn to_root(path: &str) -> String {
    "../".repeat(path.trim_start_matches('/').matches('/').count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    fn status(own: IpAddr, head: &[(&str, &str)]) -> u16 {
        let guard = Guard::new(own, &["Book.example".to_string()]);
        let mut headers = HeaderMap::new();
        for (name, value) in head {
            headers.append(
                name.parse::<header::HeaderName>().unwrap(),
                value.parse().unwrap(),
            );
        }
        guard
            .refuses(&Uri::from_static("/a.html"), &headers)
            .map_or(200, |(status, _)| status.as_u16())
    }

    #[test]
    fn only_its_own_names_and_pages_are_answered() {
        let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let everywhere = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        for (own, host, origin, expected) in [
            (here, "localhost:3000", "", 200),
            (here, "LOCALHOST.", "", 200),
            (here, "127.0.0.1:8080", "", 200),
            (here, "[::1]:3000", "", 200),
            (here, "book.example", "", 200),
            (here, "evil.example:3000", "", 403),
            (here, "192.168.1.7:3000", "", 403),
            (everywhere, "192.168.1.7:3000", "", 200),
            (everywhere, "evil.example", "", 403),
            (here, "localhost:3000", "http://localhost:3000", 200),
            (here, "localhost:3000", "http://localhost:4000", 403),
            (here, "localhost:3000", "http://evil.example", 403),
            (here, "localhost:3000", "http://evil.example:3000", 403),
            (here, "localhost:3000", "null", 403),
            (here, "127.0.0.1:3000", "https://book.example", 200),
            (here, "book.example", "https://book.example", 200),
            (here, "book.example.evil.example", "", 403),
        ] {
            let mut head = vec![("host", host)];
            if !origin.is_empty() {
                head.push(("origin", origin));
            }
            assert_eq!(status(own, &head), expected, "{host} {origin}");
        }
        assert_eq!(status(here, &[]), 400);
        assert_eq!(
            status(here, &[("host", "localhost"), ("host", "evil.example")]),
            400
        );
    }

    #[test]
    fn a_path_is_a_file_or_nothing() {
        for (path, expected) in [
            ("/", Some("/index.html")),
            ("/a/b.html", Some("/a/b.html")),
            ("/a/", Some("/a/index.html")),
            ("//evil.example", None),
            ("/a//b", None),
            ("*", None),
        ] {
            assert_eq!(file(path).as_deref(), expected, "{path}");
        }
        assert_eq!(file(&format!("/{}", "a".repeat(256))), None);
        assert_eq!(to_root("/a/b.html"), "../");
        assert_eq!(to_root("/b.html"), "");
    }
}
