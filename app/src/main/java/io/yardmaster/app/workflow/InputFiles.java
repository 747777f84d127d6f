package io.yardmaster.app.workflow;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens files that the user named, and reports in one line why one cannot be read. */
public final class InputFiles {
    private InputFiles() {}

    public static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new InvalidInputException(file + ": is a directory");
        }
        return Files.newInputStream(file);
    }

    public static InvalidInputException unreadable(Path file, IOException cause) {
        String why;
        if (cause instanceof NoSuchFileException) {
            why = "no such file";
        } else if (cause instanceof AccessDeniedException) {
            why = "permission denied";
        } else {
            why = "cannot be read: " + firstLine(cause.getMessage());
        }
        return new InvalidInputException(file + ": " + why);
    }

    static InvalidInputException notJson(String file, JsonProcessingException cause) {
        JsonLocation at = cause.getLocation();
        String place = at == null ? "" : " at line %s, column %s".formatted(at.getLineNr(), at.getColumnNr());
        return new InvalidInputException(file + ": not JSON" + place + ": " + withoutHints(cause.getOriginalMessage()));
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    // Jackson's hints to programmers are of no use to the author of the file.
    private static String withoutHints(String message) {
        return firstLine(message).replaceFirst("( \\(start marker at \\[Source|: enable `).*", "");
    }
}
