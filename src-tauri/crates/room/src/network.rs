//! The networks of this computer, the likeliest one first.

use std::net::IpAddr;

/// A network a room can open on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// What the system calls it.
    pub name: String,
    /// This computer's address in it.
    pub address: IpAddr,
}

/// Lists the IPv4 networks, private addresses of real interfaces first, the loopback last.
#[must_use]
pub fn networks() -> Vec<Network> {
    let mut found: Vec<Network> = if_addrs::get_if_addrs()
        .unwrap_or_default()
        .into_iter()
        .filter(|interface| interface.ip().is_ipv4())
        .map(|interface| Network { address: interface.ip(), name: interface.name })
        .collect();
    found.sort_by_key(rank);
    found
}

fn rank(network: &Network) -> u8 {
    const VIRTUAL: [&str; 8] = ["docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "tun", "utun"];
    let is_virtual = VIRTUAL.iter().any(|prefix| network.name.starts_with(prefix));
    match network.address {
        address if address.is_loopback() => 4,
        IpAddr::V4(address) if address.is_link_local() => 3,
        IpAddr::V4(_) if is_virtual => 2,
        IpAddr::V4(address) if address.is_private() => 0,
        _ => 1,
    }
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
            network("wlan0", [192, 168, 1, 23]),
            network("eth1", [169, 254, 3, 4]),
        ];
        found.sort_by_key(rank);
        assert_eq!(found.map(|network| network.name), ["wlan0", "docker0", "eth1", "lo"]);
    }
}
