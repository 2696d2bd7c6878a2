//! The service model: the checked-in table, and the descriptions that botocore contains.

mod compiler;
mod diff;
mod members;
mod table;

use crate::package::{folder, output};
use anyhow::{Context, Result, ensure};
use cognito_op_model::{Model, SERVICE};
use cognito_op_tests_provision::workspace;
use members::Members;
use serde_json::Value;
use std::fs::{self, File};
use std::io::Write as _;
use std::process::Command;

/// Prints the changes of a version of botocore, compared with `from` or with the table. Returns whether there are
/// changes.
pub(crate) fn diff(version: Option<&str>, from: Option<&str>) -> Result<bool> {
    let old = from.map_or(Ok(SERVICE.published()), |from| Description::fetch(Some(from))?.model())?;
    let new = Description::fetch(version)?.model()?;
    println!("botocore {} -> {}", old.botocore(), new.botocore());
    let mut changes = diff::changes(old, new);
    changes.refuse(&compiler::refused(&diff::added_patterns(old, new))?);
    let summary = if changes.is_empty() { "no changes\n" } else { "" };
    write!(std::io::stdout(), "{changes}{summary}")?;
    Ok(!changes.is_empty())
}

/// Writes the table of a version of botocore, and the hash of its sources.
pub(crate) fn update(version: Option<&str>) -> Result<()> {
    let description = Description::fetch(version)?;
    fs::write(workspace().join("macros/model/src/table.txt"), table::render(&description)?)?;
    fs::write(workspace().join("tests/provision/botocore.sha256"), format!("{}\n", description.sha256))?;
    println!("botocore {} -> {}", SERVICE.botocore(), description.version);
    Ok(())
}

/// The description of the service in a version of botocore.
struct Description {
    version: String,
    /// The hash of the archive of sources.
    sha256: String,
    service: Value,
    members: Members,
    paginators: Value,
}

impl Description {
    /// Downloads a version of botocore, or the newest one, with pip, so that pip's configuration applies.
    fn fetch(version: Option<&str>) -> Result<Self> {
        let is_version =
            |version: &str| !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        ensure!(version.is_none_or(is_version), "a version of botocore is like {}", SERVICE.botocore());
        let folder = folder("model")?;
        // Tests run concurrently.
        let lock = File::create(folder.join("lock"))?;
        lock.lock()?;
        let (venv, downloads) = (folder.join("venv"), folder.join("downloads"));
        if !venv.join("bin/pip").exists() {
            output(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        }
        let pip = |command| {
            let mut pip = Command::new(venv.join("bin/pip"));
            pip.args([command, "--disable-pip-version-check"]);
            pip
        };
        let download = downloads.join(version.unwrap_or("newest"));
        if version.is_none() || !download.exists() {
            let unfinished = downloads.join("unfinished");
            for outdated in [&unfinished, &download].into_iter().filter(|folder| folder.exists()) {
                fs::remove_dir_all(outdated)?;
            }
            let package = version.map_or_else(|| "botocore".to_owned(), |version| format!("botocore=={version}"));
            let options = ["--quiet", "--no-deps", "--no-binary", "botocore", &package, "--dest"];
            let pip = pip("download").args(options).arg(&unfinished).output()?;
            let errors = String::from_utf8_lossy(&pip.stderr);
            // Omits the line that lists all versions. Without a network, pip's warnings explain the error.
            let lines = errors.lines().filter(|line| !line.contains("from versions:"));
            let error = lines.collect::<Vec<_>>().join("\n");
            ensure!(pip.status.success(), "pip cannot download {package}:\n{error}");
            fs::rename(unfinished, &download)?;
        }
        let archive = fs::read_dir(&download)?.next().context("pip downloaded nothing")??.path();
        let name = archive.file_name().and_then(|name| name.to_str()?.strip_suffix(".tar.gz"));
        let name = name.with_context(|| format!("not an archive of sources: {}", archive.display()))?;
        let hash = String::from_utf8(output(pip("hash").arg(&archive))?.stdout)?;
        let read = |file: &str| -> Result<Vec<u8>> {
            let path = format!("{name}/botocore/data/cognito-idp/2016-04-18/{file}");
            Ok(output(Command::new("tar").arg("-xzOf").arg(&archive).arg(path))?.stdout)
        };
        let (service, paginators) = (read("service-2.json")?, read("paginators-1.json")?);
        Ok(Self {
            version: name.trim_start_matches("botocore-").to_owned(),
            sha256: hash.rsplit("sha256:").next().unwrap_or_default().trim().to_owned(),
            service: serde_json::from_slice(&service)?,
            members: Members::read(&service)?,
            paginators: serde_json::from_slice::<Value>(&paginators)?["pagination"].take(),
        })
    }

    /// Returns the operations and shapes, without the overlay.
    fn model(&self) -> Result<Model> {
        Ok(Model::of(Box::leak(table::render(self)?.into_boxed_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cognito_op_tests_provision::BOTOCORE_SHA256;

    #[test]
    fn the_table_matches_botocore() {
        let description = Description::fetch(Some(SERVICE.botocore())).expect("botocore");
        assert_eq!(description.sha256, BOTOCORE_SHA256.trim());
        let rendered = table::render(&description).expect("a table");
        let line = SERVICE.table().lines().zip(rendered.lines()).position(|(old, new)| old != new);
        assert!(
            rendered == SERVICE.table(),
            "table.txt differs at line index {line:?}; `cargo x model update` writes it"
        );
    }

    /// A retry of an idempotent operation must not send a second message.
    #[test]
    fn idempotent_operations_send_no_messages() {
        let description = Description::fetch(Some(SERVICE.botocore())).expect("botocore");
        let sends = |operation: &str| {
            let documentation = description.service["operations"][operation]["documentation"].as_str();
            documentation.expect("a text").contains("might generate an SMS text message")
        };
        assert!(sends("SignUp") && sends("UpdateUserPool"));
        for operation in SERVICE.operations().filter(|operation| operation.idempotent) {
            assert!(!sends(operation.name), "{}", operation.name);
        }
    }

    /// The additions of November 2026.
    #[test]
    fn the_changes_from_1_44_5_to_1_44_8() {
        let model = |version| Description::fetch(Some(version)).and_then(|found| found.model()).expect("botocore");
        let text = diff::changes(model("1.44.5"), model("1.44.8")).to_string();
        let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty()) {
            match (line.strip_prefix("  "), groups.last_mut()) {
                (Some(line), Some((_, lines))) => lines.push(line),
                _ => groups.push((line, Vec::new())),
            }
        }
        let names: Vec<_> = groups.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["operations", "paginators", "exceptions", "shapes", "members", "patterns"]);
        assert_eq!(
            groups[0].1,
            [
                "+ CancelPointInTimeRecovery, signed",
                "+ CreateCIMDPolicy, signed",
                "+ DeleteCIMDPolicy, signed",
                "+ DescribeCIMDPolicy, signed",
                "+ DescribePointInTimeRecovery, signed",
                "+ InitiatePointInTimeRecovery, signed",
                "+ ListCIMDPolicies, signed",
                "+ ListClientMetadataURLs, signed",
                "+ ListPointInTimeRecoveries, signed",
                "+ StartPointInTimeRecovery, signed",
                "+ UpdateCIMDPolicy, signed",
                "+ UpdateClientMetadataURLState, signed",
            ]
        );
        assert_eq!(
            groups[1].1,
            [
                "+ ListCIMDPolicies: NextToken CIMDPolicies MaxResults",
                "+ ListClientMetadataURLs: NextToken ClientMetadataURLs MaxResults",
            ]
        );
        assert_eq!(groups[2].1, ["+ CachedCIMDURLDoesNotExistException"]);
        let (new, changed): (Vec<&str>, Vec<&str>) = groups[3].1.iter().partition(|line| line.starts_with("+ "));
        assert_eq!((new.len(), changed), (44, vec!["DateType: now in requests"]));
        assert_eq!(
            groups[4].1,
            [
                "+ CreateUserPoolClientRequest.PublishSecretsInAWSSecretsManager: WrappedBooleanType",
                "+ UpdateUserPoolClientRequest.PublishSecretsInAWSSecretsManager: WrappedBooleanType",
                "+ UserPoolClientType.ClientSecretArn: ClientSecretArnType",
            ]
        );
        assert_eq!(
            groups[5].1,
            [
                r"+ ^[0-9a-f]{8}\b-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-\b[0-9a-f]{12}$ (RestoreIdType)",
                "+ ^[a-z0-9]+$ (CIMDPolicyIdType)",
                r"+ ^arn\:(aws|aws-us-gov|aws-eusc)\:secretsmanager\:([\d\w\-]+):(\d{12})\:secret\/[\w+=\/,.@\-]+$ (ClientSecretArnType)",
                r"+ ^https://[!$-;=@-\[\]_a-z~]+$ (URLPatternType)",
                r"+ ^https://[^\s]+$ (MetadataURLType)",
            ]
        );
    }
}
