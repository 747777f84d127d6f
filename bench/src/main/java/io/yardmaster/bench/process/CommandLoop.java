package io.yardmaster.bench.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A child JVM's side of the conversation: a line of JSON in, a line of JSON out, until its parent is gone. */
public final class CommandLoop {
    static final String COMMAND = "command";
    static final String ERROR = "error";

    private static final ObjectMapper JSON = new ObjectMapper();

    private CommandLoop() {}

    /** Serves until standard input ends, then closes the handler. All other output goes to standard error. */
    public static void serve(CommandHandler handler) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (handler) {
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                answers.println(JSON.writeValueAsString(answer(handler, line)));
                answers.flush();
            }
        }
    }

    private static Map<String, String> answer(CommandHandler handler, String line) throws IOException {
        Map<String, String> arguments = new HashMap<>(JSON.readValue(line, ChildJvm.STRINGS));
        String command = arguments.remove(COMMAND);
        try {
            return handler.handle(command, arguments);
        } catch (Exception e) {
            e.printStackTrace();
            return Map.of(ERROR, String.valueOf(e));
        }
    }
}
