package io.yardmaster.app.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes inputs out of good ones: pieces are lost, repeated, moved, or replaced by words of such inputs. */
final class TextMutations {
    private static final List<String> ANYWHERE = List.of(
            "",
            " ",
            "\n",
            "\r\n",
            "\0",
            "\u001b[2J",
            "\uFEFF",
            "\u202e",
            "é",
            "-1",
            "1e999",
            "99999999999999999999",
            "NaN",
            "null",
            "true",
            "%00",
            "%zz",
            "../../etc/passwd",
            "${x}",
            "\\u12",
            "\\",
            "\"",
            "'",
            ",",
            ";",
            "=",
            ":");

    private final Random random;
    private final List<String> words;

    /** @param words the words of inputs of this kind */
    TextMutations(long seed, List<String> words) {
        this.random = new Random(seed);
        this.words = words;
    }

    Random random() {
        return random;
    }

    /** One of these inputs with up to four mutations. */
    byte[] of(List<String> good) {
        byte[] bytes = good.get(random.nextInt(good.size())).getBytes(StandardCharsets.UTF_8);
        for (int left = random.nextInt(5); left > 0; left--) {
            bytes = mutated(bytes);
        }
        return bytes;
    }

    private byte[] mutated(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(1 + random.nextInt(40)));
        byte[] piece = Arrays.copyOfRange(bytes, from, to);
        return switch (random.nextInt(8)) {
            case 0 -> spliced(bytes, from, to, new byte[0]);
            case 1 -> spliced(bytes, to, to, piece);
            case 2, 3 -> spliced(bytes, from, to, word());
            case 4 -> spliced(bytes, from, from, word());
            case 5 -> Arrays.copyOf(bytes, from);
            case 6 -> spliced(bytes, from, Math.min(bytes.length, from + 1), new byte[] {(byte) random.nextInt(256)});
            default -> spliced(bytes, from, from, repeated(random.nextBoolean() ? piece : word()));
        };
    }

    private byte[] word() {
        List<String> from = random.nextInt(3) == 0 ? ANYWHERE : words;
        return from.get(random.nextInt(from.size())).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] repeated(byte[] piece) {
        int times = random.nextInt(20) == 0 ? 5_000 : random.nextInt(20);
        byte[] all = new byte[piece.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(piece, 0, all, i * piece.length, piece.length);
        }
        return all;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
        byte[] result = new byte[from + middle.length + bytes.length - to];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
        return result;
    }
}
