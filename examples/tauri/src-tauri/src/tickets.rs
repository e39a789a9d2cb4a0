//! Asks Minato for a ticket, with the standard library alone.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(5);
/// Far above what Minato answers, in bytes.
const LONGEST: u64 = 64 * 1024;

/// `POST /api/v1/tickets`, and the JSON that comes back. HTTP/1.0: the answer ends where the connection does.
pub fn issue(port: u16, token: &str, body: &str) -> io::Result<String> {
    let mut server = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    server.set_read_timeout(Some(PATIENCE))?;
    server.set_write_timeout(Some(PATIENCE))?;
    write!(
        server,
        "POST /api/v1/tickets HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    server.take(LONGEST).read_to_string(&mut answer)?;
    match answer.split_once("\r\n\r\n") {
        Some((_, json)) => Ok(json.to_owned()),
        None => Err(io::Error::new(io::ErrorKind::InvalidData, "Minato did not answer in HTTP.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// MINATO_PORT and MINATO_TOKEN name a server that was started with `--access token`.
    #[test]
    fn a_ticket_can_be_had() {
        let of = |name| std::env::var(name).unwrap();
        let port = of("MINATO_PORT").parse().unwrap();
        let answer = issue(port, &of("MINATO_TOKEN"), r#"{"person":"user-17","nick":"Aoi"}"#).unwrap();
        assert!(answer.starts_with(r#"{"ticket":""#), "{answer}");
        assert!(issue(port, "wrong", "{}").unwrap().contains(r#""status":401"#));
    }
}
