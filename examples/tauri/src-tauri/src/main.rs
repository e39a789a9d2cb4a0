#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    minato_example_tauri_lib::run()
}
