package io.yardmaster.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The two ports of one broker. Kafka cannot choose them itself: its configuration names them before it binds them. Meanwhile a
 * connection of any process may get a port that the system hands out, so free ones are looked for below those.
 */
record Ports(int broker, int controller) {
    /** Linux hands out ports from 32,768 on, other systems higher ones. */
    static final int LOWEST = 20_000;

    static final int NUMBER = 12_000;

    /**
     * A system property with a number. Processes with different ones, such as the forks of a build, look for ports in different
     * ranges, so that none takes a port before the broker of another has bound it; without one, all ports are looked at.
     */
    static final String RANGE = "yardmaster.ports";

    static final int RANGES = 8;
    private static final int TRIES = 100;

    /** Finds free ports; {@code broker} is the wanted one unless that is 0. Throws if the wanted one is taken. */
    static Ports reserve(int wanted) {
        if (wanted < 0 || wanted > 65535) {
            throw new EmbeddedKafkaException("port " + wanted + ": must be from 1 to 65535, or 0 for any free one");
        }
        try (ServerSocket broker = wanted == 0 ? bindAny() : bind(wanted);
                ServerSocket controller = bindAny()) {
            return new Ports(broker.getLocalPort(), controller.getLocalPort());
        } catch (IOException e) {
            String port = wanted == 0 ? "no free port" : "port " + wanted + ": cannot be used";
            throw new EmbeddedKafkaException(port + " on " + EmbeddedKafka.HOST + ": " + e.getMessage(), e);
        }
    }

    private static ServerSocket bindAny() throws IOException {
        for (int left = TRIES; ; left--) {
            try {
                return bind(any());
            } catch (IOException taken) {
                if (left == 0) {
                    throw taken;
                }
            }
        }
    }

    private static int any() {
        String range = System.getProperty(RANGE);
        if (range == null) {
            return LOWEST + ThreadLocalRandom.current().nextInt(NUMBER);
        }
        int size = NUMBER / RANGES;
        return LOWEST
                + size * Math.floorMod(Integer.parseInt(range), RANGES)
                + ThreadLocalRandom.current().nextInt(size);
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
