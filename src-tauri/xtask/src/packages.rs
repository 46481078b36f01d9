//! The system packages that Debrief needs, by system, and the arithmetic of which are missing.
//!
//! Lists and pure functions only; asking the machine and installing is [`crate::setup`]'s.

use std::collections::BTreeSet;

/// What a package is needed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Compiling and running the application.
    Build,
    /// Everything of [`Purpose::Build`], and the browsers, displays, fonts and PDF readers that the tests drive.
    Test,
}

const APT_BUILD: &[&str] = &["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev", "librsvg2-dev"];

const APT_TEST: &[&str] = &[
    "git",
    "xvfb",
    "xauth",
    "webkit2gtk-driver",
    "chromium",
    "chromium-driver",
    "poppler-utils",
    "qpdf",
    "fonts-noto-core",
    "fonts-noto-cjk",
    "fonts-noto-color-emoji",
];

/// Names that differ on Ubuntu, where the browser comes as a snap behind these two packages.
const ON_UBUNTU: &[(&str, &str)] = &[("chromium", "chromium-browser"), ("chromium-driver", "chromium-chromedriver")];

/// Programs that the tests start, to be looked for where packages cannot be asked.
pub(crate) const TEST_PROGRAMS: &[&str] = &["git", "Xvfb", "WebKitWebDriver", "chromedriver", "pdftotext", "qpdf"];

/// What to install by hand where there is no `apt-get`, by system.
pub(crate) const BY_HAND: &str = "\
- Fedora, to build: gcc make pkgconf-pkg-config webkit2gtk4.1-devel librsvg2-devel
  to test: git xorg-x11-server-Xvfb xauth webkit2gtk-driver chromium chromedriver poppler-utils qpdf \
google-noto-sans-fonts google-noto-sans-cjk-fonts google-noto-color-emoji-fonts
- Arch, to build: base-devel webkit2gtk-4.1 librsvg
  to test: git xorg-server-xvfb xorg-xauth chromium poppler qpdf noto-fonts noto-fonts-cjk noto-fonts-emoji
- macOS, to build: the command line tools, with `xcode-select --install`
  to test, from Homebrew: chromium poppler qpdf; the tests that drive the desktop windows need Linux";

/// Returns the apt packages for a purpose, under the names that the system of this `/etc/os-release` uses.
pub(crate) fn apt_packages(purpose: Purpose, os_release: &str) -> Vec<&'static str> {
    let test = match purpose {
        Purpose::Build => &[][..],
        Purpose::Test => APT_TEST,
    };
    let on_ubuntu = is_ubuntu(os_release);
    let named = |package: &&'static str| match ON_UBUNTU.iter().find(|(debian, _)| debian == package) {
        Some((_, ubuntu)) if on_ubuntu => *ubuntu,
        _ => *package,
    };
    APT_BUILD.iter().chain(test).map(named).collect()
}

/// Returns the wanted packages that are not installed, in the order of `wanted`.
///
/// `status` is what `dpkg-query -W -f '${Package} ${db:Status-Status}\n'` prints. A package that was removed but
/// left its settings is listed there as `config-files`, and counts as missing.
pub(crate) fn missing<'a>(wanted: &[&'a str], status: &str) -> Vec<&'a str> {
    let installed: BTreeSet<&str> =
        status.lines().filter_map(|line| line.trim().strip_suffix(" installed")).map(str::trim).collect();
    wanted.iter().copied().filter(|package| !installed.contains(package)).collect()
}

fn is_ubuntu(os_release: &str) -> bool {
    let field = |name: &str| {
        let value = os_release.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        value.unwrap_or_default().trim_matches('"').split_whitespace()
    };
    // Mint is like Ubuntu in all but this: it packages the browser as Debian does.
    field("ID").chain(field("ID_LIKE")).any(|id| id == "ubuntu") && !field("ID").any(|id| id == "linuxmint")
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEBIAN: &str = "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\nID=debian\n";
    const UBUNTU: &str = "NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\n";
    const POP: &str = "ID=pop\nID_LIKE=\"ubuntu debian\"\n";
    const MINT: &str = "ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n";

    #[test]
    fn only_an_installed_package_is_not_missing() {
        let status = "xvfb installed\nqpdf config-files\nxauth not-installed\n";

        assert_eq!(missing(&["xvfb", "qpdf", "xauth", "chromium"], status), ["qpdf", "xauth", "chromium"]);
    }

    #[test]
    fn nothing_is_installed_where_nothing_is_reported() {
        assert_eq!(missing(&["qpdf"], ""), ["qpdf"]);
    }

    #[test]
    fn a_package_is_not_taken_for_another_whose_name_it_starts() {
        assert_eq!(missing(&["chromium"], "chromium-driver installed\n"), ["chromium"]);
    }

    #[test]
    fn running_needs_no_browser_and_testing_needs_what_running_needs() {
        let build = apt_packages(Purpose::Build, DEBIAN);
        let test = apt_packages(Purpose::Test, DEBIAN);

        assert!(!build.contains(&"chromium"));
        assert!(test.contains(&"chromium"));
        assert!(build.iter().all(|package| test.contains(package)));
    }

    #[test]
    fn the_browser_has_another_name_on_ubuntu_and_what_is_like_it() {
        for (system, expected) in [
            (DEBIAN, "chromium"),
            (UBUNTU, "chromium-browser"),
            (POP, "chromium-browser"),
            (MINT, "chromium"),
            ("", "chromium"),
        ] {
            let packages = apt_packages(Purpose::Test, system);
            let browser = packages.iter().find(|package| ["chromium", "chromium-browser"].contains(package));
            assert_eq!(browser, Some(&expected), "on {system}");
        }
    }
}
