package io.yardmaster.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The two ports of one broker. Kafka cannot choose them itself: its configuration names them before it binds them. */
record Ports(int broker, int controller) {

    /** Finds free ports; {@code broker} is the wanted one unless that is 0. Throws if the wanted one is taken. */
    static Ports reserve(int wanted) {
        if (wanted < 0 || wanted > 65535) {
            throw new EmbeddedKafkaException("port " + wanted + ": must be from 1 to 65535, or 0 for any free one");
        }
        try (ServerSocket broker = bind(wanted);
                ServerSocket controller = bind(0)) {
            return new Ports(broker.getLocalPort(), controller.getLocalPort());
        } catch (IOException e) {
            String port = wanted == 0 ? "no free port" : "port " + wanted + ": cannot be used";
            throw new EmbeddedKafkaException(port + " on " + EmbeddedKafka.HOST + ": " + e.getMessage(), e);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
