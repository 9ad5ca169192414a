//! `cargo xtask serve`: the page, on this machine only.
//!
//! `/` is `www/`, `/pkg/` is the package, and `/examples/app_bob/app_bob.js` goes into the page's .zip. From `/index.html` the page's
//! `../pkg/index.js` is `/pkg/index.js`, and from the checkout the same words name the same file, so the page works from both without a
//! build step of its own.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use anyhow::{Error, Result, anyhow};
use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS};
use tokio::net::TcpListener;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::build;
use crate::npm;
use crate::project::Project;
use crate::single_file;

pub const DEFAULT_PORT: u16 = 8080;

pub fn command(project: &Project, port: u16) -> Result<()> {
    build::refresh(project)?;
    // The page works without these two, and a machine without a network may have no way to get what they are made with.
    if let Err(error) = npm::install(&project.path("www")) {
        println!("\"Download all\" will not work: {error:#}");
    }
    if let Err(error) = single_file::make(project) {
        println!("the link to the single-file version leads nowhere: {error:#}");
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(serve(project, port))
}

async fn serve(project: &Project, port: u16) -> Result<()> {
    let v4 = listen((Ipv4Addr::LOCALHOST, port).into()).await?;
    let port = v4.local_addr()?.port();
    // `localhost` may mean either. A machine without IPv6 is served by IPv4 alone; but where another program holds the
    // port there, a browser could show its page instead of ours.
    let v6 = match listen((Ipv6Addr::LOCALHOST, port).into()).await {
        Err(error) if is_taken(&error) => return Err(error),
        v6 => v6,
    };
    println!("mtls-certs page: http://localhost:{port}/");
    let app = router(project);
    match v6 {
        Ok(v6) => {
            tokio::try_join!(axum::serve(v4, app.clone()), axum::serve(v6, app))?;
        }
        Err(_) => axum::serve(v4, app).await?,
    }
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener> {
    let help = |error: &io::Error| match error.kind() {
        ErrorKind::AddrInUse => format!(
            "port {} is taken by another program; choose another one with `cargo xtask serve --port N`",
            address.port()
        ),
        _ => format!("can't listen on {address}"),
    };
    TcpListener::bind(address).await.map_err(|error| {
        let help = help(&error);
        anyhow!(error).context(help)
    })
}

fn is_taken(error: &Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::AddrInUse)
}

const APP_BOB: &str = "examples/app_bob/app_bob.js";

/// Only these two folders and that file; ServeDir refuses `..` and gives each file the type that its name says.
fn router(project: &Project) -> Router {
    let header = |name, value| SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value));
    Router::new()
        .nest_service("/pkg", ServeDir::new(project.pkg()).append_index_html_on_directories(false))
        .route_service(&format!("/{APP_BOB}"), ServeFile::new(project.path(APP_BOB)))
        .fallback_service(ServeDir::new(project.path("www")))
        .layer(header(CACHE_CONTROL, "no-cache"))
        .layer(header(X_CONTENT_TYPE_OPTIONS, "nosniff"))
}
