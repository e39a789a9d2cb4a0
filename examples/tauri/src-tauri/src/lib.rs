//! An app whose page shows the chat. Minato is a sidecar: it finds a port, tells it, and ends with the app.

mod ready;
mod tickets;

use ready::Ready;
use serde_json::{json, Value};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tauri::{AppHandle, Manager, RunEvent, State};
use tauri_plugin_shell::process::{CommandChild, CommandEvent};
use tauri_plugin_shell::ShellExt;

const START_TIMEOUT: Duration = Duration::from_secs(5);

/// Where Tauri's pages come from on macOS and Linux, and on Windows.
const ORIGINS: [&str; 2] = ["tauri://localhost", "http://tauri.localhost"];

struct Minato {
    ready: Arc<Ready>,
    /// The launch token: 32 random bytes, for this app alone and never for a page.
    token: String,
    /// Its standard input is ours: Minato ends when this is dropped, and when we end in any other way.
    child: Mutex<Option<CommandChild>>,
}

/// Waits until the server serves. A waiting command occupies a thread of the blocking pool, not of the runtime.
#[tauri::command]
async fn get_server_port(minato: State<'_, Minato>) -> Result<u16, String> {
    let ready = minato.ready.clone();
    tauri::async_runtime::spawn_blocking(move || ready.wait(START_TIMEOUT))
        .await
        .map_err(|error| error.to_string())?
}

/// Lets the page in the iframe in, as the app's user. Only the app's own page may call it: no capability names another.
#[tauri::command]
async fn get_ticket(minato: State<'_, Minato>) -> Result<String, String> {
    let (ready, token) = (minato.ready.clone(), minato.token.clone());
    let person = json!({ "person": "user-17", "nick": "Aoi" }).to_string();
    let answer = tauri::async_runtime::spawn_blocking(move || {
        let port = ready.wait(START_TIMEOUT)?;
        tickets::issue(port, &token, &person).map_err(|error| error.to_string())
    })
    .await
    .map_err(|error| error.to_string())??;
    let answer: Value = serde_json::from_str(&answer).map_err(|error| error.to_string())?;
    match answer["ticket"].as_str() {
        Some(ticket) => Ok(ticket.to_owned()),
        None => Err(answer["detail"].as_str().unwrap_or("Minato gave no ticket.").to_owned()),
    }
}

fn start_minato(app: &AppHandle) -> Result<(), Box<dyn std::error::Error>> {
    let minato = app.state::<Minato>();
    let data = app.path().app_local_data_dir()?.join("minato");
    let mut command = app
        .shell()
        .sidecar("minato")?
        .args(["127.0.0.1:0", "--access", "token", "--ready-json", "--exit-with-parent", "--data"])
        .arg(data)
        .env("MINATO_TOKEN", &minato.token);
    for origin in ORIGINS {
        command = command.args(["--embed-origin", origin]);
    }
    let (mut events, child) = command.spawn()?;
    *minato.child.lock().unwrap() = Some(child);

    let ready = minato.ready.clone();
    tauri::async_runtime::spawn(async move {
        while let Some(event) = events.recv().await {
            match event {
                // The first line counts; whatever Minato says afterwards changes nothing.
                CommandEvent::Stdout(line) => ready.tell(read_ready_line(&line)),
                CommandEvent::Stderr(line) => eprintln!("{}", String::from_utf8_lossy(&line).trim_end()),
                CommandEvent::Error(error) => ready.tell(Err(error)),
                CommandEvent::Terminated(end) => {
                    ready.tell(Err(format!("Minato ended with code {:?}.", end.code)));
                }
                _ => {}
            }
        }
    });
    Ok(())
}

/// `{"v":1,"ready":true,"port":49152,…}` or `{"v":1,"ready":false,"error":{"message":"…",…}}`
fn read_ready_line(line: &[u8]) -> Result<u16, String> {
    let said: Value = serde_json::from_slice(line).map_err(|_| "Minato did not say where it serves.".to_owned())?;
    let port = said["port"].as_u64().and_then(|port| u16::try_from(port).ok());
    match (said["ready"].as_bool(), port) {
        (Some(true), Some(port)) => Ok(port),
        _ => Err(said["error"]["message"].as_str().unwrap_or("Minato did not start.").to_owned()),
    }
}

fn new_token() -> String {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).expect("the system has no randomness");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    tauri::Builder::default()
        .plugin(tauri_plugin_shell::init())
        .manage(Minato { ready: Arc::new(Ready::new()), token: new_token(), child: Mutex::new(None) })
        .setup(|app| {
            if let Err(error) = start_minato(app.handle()) {
                // The page is told when it asks.
                app.state::<Minato>().ready.tell(Err(error.to_string()));
            }
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![get_server_port, get_ticket])
        .build(tauri::generate_context!())
        .expect("the app could not be built")
        .run(|app, event| {
            if let RunEvent::Exit = event {
                drop(app.state::<Minato>().child.lock().unwrap().take());
            }
        });
}
