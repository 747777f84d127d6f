package io.yardmaster.app.terminal;

import java.io.PrintWriter;

/**
 * The writer of commands, which makes their text {@link Printable}. Sequences that do steer the terminal go through {@link
 * #steer}.
 */
public final class PrintableWriter extends PrintWriter {
    public PrintableWriter(PrintWriter out) {
        super(out);
    }

    /** Writes a control sequence without escaping it. */
    public static void steer(PrintWriter out, String sequence) {
        if (out instanceof PrintableWriter printable) {
            printable.writeRaw(sequence);
        } else {
            out.print(sequence);
        }
    }

    private void writeRaw(String text) {
        super.write(text, 0, text.length());
    }

    @Override
    public void write(String text, int offset, int length) {
        writeRaw(Printable.lines(text.substring(offset, offset + length)));
    }

    @Override
    public void write(char[] text, int offset, int length) {
        writeRaw(Printable.lines(new String(text, offset, length)));
    }

    @Override
    public void write(int character) {
        writeRaw(Printable.lines(Character.toString((char) character)));
    }
}
