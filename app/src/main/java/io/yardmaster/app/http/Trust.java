package io.yardmaster.app.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/**
 * Tells a program on this machine from all other clients. A browser names the origin of the page that sends a request. A
 * proxy on this machine, which passes on requests from anywhere, is known by a header that it adds, by a host name that it
 * keeps, or by an HTTP older than any client of the registry speaks.
 */
final class Trust {
    private static final Set<String> ADDED_BY_PROXIES = Set.of("forwarded", "via", "x-real-ip");

    private Trust() {}

    static boolean in(Request request, HostNames names) {
        ConnectionMetaData connection = request.getConnectionMetaData();
        InetAddress from = address(connection.getRemoteSocketAddress());
        InetAddress reached = address(connection.getLocalSocketAddress());
        return from != null
                && reached != null
                && (from.isLoopbackAddress() || from.equals(reached))
                && connection.getHttpVersion() != HttpVersion.HTTP_1_0
                && !request.getHeaders().contains(HttpHeader.ORIGIN)
                && request.getHeaders().stream().noneMatch(Trust::isAddedByProxies)
                && names.isLocal(request.getHeaders().get(HttpHeader.HOST), reached);
    }

    private static boolean isAddedByProxies(HttpField field) {
        String name = field.getName().toLowerCase(Locale.ROOT);
        return ADDED_BY_PROXIES.contains(name) || name.startsWith("x-forwarded-");
    }

    private static InetAddress address(SocketAddress socket) {
        return socket instanceof InetSocketAddress inet ? inet.getAddress() : null;
    }
}
