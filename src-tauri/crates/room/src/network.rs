//! The networks of this computer, the likeliest one first, each with the reason for its place.

use std::net::IpAddr;

/// A network a room can open on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// What the system calls it.
    pub name: String,
    /// This computer's address in it.
    pub address: IpAddr,
}

/// What sort of network it is, the likeliest to reach a phone first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// A private address of a real interface: the Wi-Fi of a house.
    Local,
    /// An address the whole internet could know, or one of a VPN.
    Wide,
    /// Made by software on this computer: containers and virtual machines.
    Virtual,
    /// An address the interface gave itself, because no network gave it one.
    SelfGiven,
    /// This computer alone.
    Loopback,
}

impl Reach {
    /// Says in one sentence what to expect of it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Local => "A local network. Phones on the same Wi-Fi reach it, unless it keeps its guests apart.",
            Self::Wide => "A public or VPN address. Phones reach it only from the same VPN or network.",
            Self::Virtual => "Made by software on this laptop. Phones do not reach it.",
            Self::SelfGiven => "Nothing gave this interface an address. Connect it to a network first.",
            Self::Loopback => "This laptop alone; for trying things out.",
        }
    }
}

impl Network {
    /// Returns what sort of network it is.
    #[must_use]
    pub fn reach(&self) -> Reach {
        const SOFTWARE: [&str; 6] = ["docker", "br-", "veth", "virbr", "vmnet", "vboxnet"];
        const TUNNELS: [&str; 5] = ["tun", "utun", "wg", "tailscale", "ppp"];
        let begins = |names: &[&str]| names.iter().any(|prefix| self.name.starts_with(prefix));
        match self.address {
            address if address.is_loopback() => Reach::Loopback,
            IpAddr::V4(address) if address.is_link_local() => Reach::SelfGiven,
            _ if begins(&SOFTWARE) => Reach::Virtual,
            IpAddr::V4(address) if address.is_private() && !begins(&TUNNELS) => Reach::Local,
            _ => Reach::Wide,
        }
    }
}

/// Lists the IPv4 networks, the likeliest first.
#[must_use]
pub fn networks() -> Vec<Network> {
    let mut found: Vec<Network> = if_addrs::get_if_addrs()
        .unwrap_or_default()
        .into_iter()
        .filter(|interface| interface.ip().is_ipv4())
        .map(|interface| Network { address: interface.ip(), name: interface.name })
        .collect();
    found.sort_by_key(Network::reach);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_address_of_a_real_interface_comes_first_and_the_loopback_last() {
        let network = |name: &str, address: [u8; 4]| Network { name: name.into(), address: address.into() };
        let mut found = [
            network("lo", [127, 0, 0, 1]),
            network("docker0", [172, 17, 0, 1]),
            network("wg0", [10, 8, 0, 2]),
            network("wlan0", [192, 168, 1, 23]),
            network("eth1", [169, 254, 3, 4]),
        ];
        found.sort_by_key(Network::reach);
        assert_eq!(found.map(|network| network.name), ["wlan0", "wg0", "docker0", "eth1", "lo"]);
    }
}
