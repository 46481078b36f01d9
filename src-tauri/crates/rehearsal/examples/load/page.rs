//! P11: what the first load of the phone page weighs on the wire, and when it answers on a slow phone.

use std::path::Path;
use std::process::Command;

use crate::Measured;
use crate::line::Line;
use crate::server::Server;

pub(crate) async fn measure(page: &Path) -> Measured {
    println!("P11: compressed bytes of the phone page's first load (must 30 kB, aim 14 kB)");
    if !page.join("index.html").exists() {
        println!("  not measured: there is no page in {}; `npm run build` in `ui` makes one", page.display());
        return Ok(());
    }
    let server = Server::ours(page)?;
    let (mut bodies, mut heads) = (0, 0);
    for path in ["/", "/phone.js", "/phone.css"] {
        let answer = Line::open(server.address, "").await?.get_compressed(path).await?;
        if answer.status != 200 {
            return Err(format!("{path} was answered with {}", answer.status).into());
        }
        println!("  {path}: {} bytes", answer.body.len());
        bodies += answer.body.len();
        heads += answer.head.len();
    }
    println!("  together {bodies} bytes, and {heads} of headers");
    let interface = page.join("../..");
    let phone = Command::new("node")
        .args(["phone/dev/slow.mjs", &format!("http://{}/", server.address)])
        .current_dir(&interface)
        .status();
    if !phone.is_ok_and(|status| status.success()) {
        println!("  on a slow phone: not measured, there is no Node.js or no Chromium");
    }
    Ok(())
}
