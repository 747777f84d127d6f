package io.yardmaster.embedded.connect;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a process that must be told it before it binds it. Meanwhile a connection of any process may get a port that the
 * system hands out, so a free one is looked for below those. No port is found twice in a JVM.
 */
public final class FreePort {
    /** Linux hands out ports from 32,768 on, other systems higher ones. */
    private static final int LOWEST = 20_000;

    private static final int NUMBER = 12_000;

    /** A system property, the same as that of the embedded Kafka: processes with different numbers get different ports. */
    private static final String RANGE = "yardmaster.ports";

    private static final int RANGES = 8;
    private static final int TRIES = 100;
    private static final Set<Integer> FOUND = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** Finds a port on 127.0.0.1 that is free now. Throws if there seems to be none. */
    public static int find() throws IOException {
        for (int left = TRIES; ; left--) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                int port = any();
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                if (!FOUND.add(port)) {
                    throw new BindException("port " + port + " was found before");
                }
                return port;
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
}
