//! Interoperability with other clients. Each client signs in to the same mock service with its own devices and with
//! those of the other client.

use crate::service::{GROUP, PASSWORD, POOL, Service, Size};
use crate::{clients, enroll, with};
use cognito_op_tests_provision::{Venv, node, npm, run, tool};
use cognito_userpools::devices::Device;
use serde_json::{Value, json};
use std::process::Command;

/// The number of devices that the other client confirms and signs in with.
const ROUNDS: u32 = 20;

/// Runs the other client with devices of this crate, and signs in with the devices that the other client confirmed.
async fn signs_in(command: impl FnOnce(&[String]) -> Vec<u8> + Send + 'static) {
    let service = Service::start();
    let clients = clients(&service);
    let mut ours = Vec::new();
    for client in &clients {
        let (_, device) = enroll(client).await;
        ours.push(json!({ "key": device.key(), "group": device.group_key(), "password": device.password() }));
    }
    service.state().size = Size::OddPublic;
    let url = service.server.url();
    let arguments = [url, POOL.to_owned(), PASSWORD.to_owned(), ROUNDS.to_string(), json!(ours).to_string()];
    let output = tokio::task::spawn_blocking(move || command(&arguments)).await.expect("the client signs in");
    let output: Value = serde_json::from_slice(&output).expect("JSON");
    assert_eq!(output["signed_in"], ROUNDS + 2);
    let devices = output["devices"].as_array().expect("devices");
    assert_eq!(devices.len(), usize::try_from(ROUNDS).expect("a small number"));
    for (round, device) in devices.iter().enumerate() {
        let text = |name: &str| device[name].as_str().expect("a text").to_owned();
        let device = Device::new(text("key"), GROUP, text("password"));
        let tokens = clients[round % 2].start(with(&device)).await.expect("a step").into_tokens().expect("tokens");
        assert_eq!(tokens.device_key.as_deref(), Some(device.key()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pycognito() {
    let venv = Venv::provision("pycognito-2024.5.1", &["pycognito==2024.5.1", "boto3==1.43.106"]);
    signs_in(move |arguments| {
        run(Command::new(venv.program("python")).arg(tool("devices_pycognito.py")).args(arguments))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cognito_srp_helper() {
    let modules = npm("cognito-srp-helper", "2.3.4");
    signs_in(move |arguments| {
        run(Command::new(node()).arg(tool("devices_srp_helper.mjs")).arg(modules).args(arguments))
    })
    .await;
}
