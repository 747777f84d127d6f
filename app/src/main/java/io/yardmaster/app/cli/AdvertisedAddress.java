package io.yardmaster.app.cli;

import io.yardmaster.app.settings.LayeredSettings;
import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The address at which other instances reach this one. */
final class AdvertisedAddress {
    private AdvertisedAddress() {}

    /**
     * The configured address; without one, the address that HTTP listens on or, if it listens on all, an address of this
     * machine that others may reach.
     *
     * @param port the port that HTTP listens on
     */
    static HostPort of(LayeredSettings settings, int port) {
        Optional<HostPort> set = settings.read(Settings.HTTP_ADVERTISED::optionalIn);
        if (set.isPresent()) {
            return new HostPort(
                    set.get().host(), set.get().port() == 0 ? port : set.get().port());
        }
        String host = settings.read(Settings.HTTP_LISTEN::in).host();
        InetAddress listen = new InetSocketAddress(host, port).getAddress();
        boolean everywhere = listen != null && listen.isAnyLocalAddress();
        return new HostPort(everywhere ? ownAddress() : host, port);
    }

    /**
     * Host names that requests may carry beside those of this machine: the configured ones and, where others are refused,
     * the advertised name. Empty if any name is accepted.
     */
    static Set<String> hosts(LayeredSettings settings) {
        Set<String> hosts =
                new HashSet<>(settings.read(Settings.HTTP_HOSTS::optionalIn).orElse(Set.of()));
        HostPort listen = settings.read(Settings.HTTP_LISTEN::in);
        InetAddress address = new InetSocketAddress(listen.host(), listen.port()).getAddress();
        if (!hosts.isEmpty() || (address != null && address.isLoopbackAddress())) {
            settings.read(Settings.HTTP_ADVERTISED::optionalIn)
                    .map(HostPort::host)
                    .filter(host -> !host.equals(listen.host()))
                    .ifPresent(hosts::add);
        }
        return hosts;
    }

    private static String ownAddress() {
        try {
            InetAddress named = InetAddress.getLocalHost();
            if (!named.isLoopbackAddress()) {
                return named.getHostAddress();
            }
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .findFirst()
                    .orElse(named)
                    .getHostAddress();
        } catch (IOException e) {
            return "127.0.0.1";
        }
    }
}
