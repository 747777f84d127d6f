package io.yardmaster.app.policy;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.yardmaster.app.workflow.InputFiles;
import io.yardmaster.app.workflow.InvalidInputException;
import io.yardmaster.topology.policy.InvalidPolicyException;
import io.yardmaster.topology.policy.LivePolicies;
import io.yardmaster.topology.policy.PolicyKey;
import io.yardmaster.topology.policy.PolicyKind;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads the policy from a YAML file: {@code groups: {7: {weight: 2}}}. Each entry is in the section of its kind, under its id.
 * JSON is YAML, too.
 */
public final class PolicyFile {
    private static final int MOST_BYTES = 4 << 20;

    private static final JsonMapper YAML = JsonMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private final String file;

    private PolicyFile(String file) {
        this.file = file;
    }

    /**
     * Reads and checks a file.
     *
     * @return the fields of each entry
     * @throws InvalidInputException one line that names the file and the first mistake in it
     */
    public static SortedMap<PolicyKey, SortedMap<String, Object>> read(Path file) {
        try (InputStream in = InputFiles.open(file)) {
            return read(file.toString(), in);
        } catch (IOException e) {
            throw InputFiles.unreadable(file, e);
        }
    }

    static SortedMap<PolicyKey, SortedMap<String, Object>> read(String file, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new InvalidInputException(file + ": is larger than " + (MOST_BYTES >> 20) + " MB");
        }
        try (JsonParser parser = YAML.createParser(bytes)) {
            JsonNode document = parser.nextToken() == null ? MissingNode.getInstance() : parser.readValueAsTree();
            if (parser.nextToken() != null) {
                throw new InvalidInputException(file + ": more follows after the document");
            }
            return new PolicyFile(file).entries(document);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? "" : " at line %s, column %s".formatted(at.getLineNr(), at.getColumnNr());
            throw new InvalidInputException(file + ": not YAML" + place + ": "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
    }

    private SortedMap<PolicyKey, SortedMap<String, Object>> entries(JsonNode document) {
        if (document.isMissingNode() || document.isNull()) {
            throw new InvalidInputException(file + ": is empty; a policy without entries is {}");
        }
        SortedMap<PolicyKey, SortedMap<String, Object>> entries = new TreeMap<>();
        requireObject("the document", document).properties().forEach(section -> {
            PolicyKind kind = kind(section.getKey());
            requireObject(section.getKey(), section.getValue()).properties().forEach(entry -> {
                String path = section.getKey() + "." + entry.getKey();
                entries.put(key(kind, path, entry.getKey()), fields(kind, path, entry.getValue()));
            });
        });
        if (entries.size() > LivePolicies.MOST_ENTRIES) {
            throw new InvalidInputException(
                    file + ": has " + entries.size() + " entries, may have " + LivePolicies.MOST_ENTRIES);
        }
        PolicySnapshot.tooMany(entries, 1).ifPresent(mistake -> {
            throw new InvalidInputException(file + ": " + mistake);
        });
        return entries;
    }

    private PolicyKind kind(String section) {
        return PolicyKind.ofSection(section)
                .orElseThrow(() -> invalid(PolicyKind.unknown(
                        "key",
                        section,
                        Stream.of(PolicyKind.values()).map(PolicyKind::section).toList())));
    }

    private PolicyKey key(PolicyKind kind, String path, String id) {
        try {
            return kind.key(id);
        } catch (InvalidPolicyException e) {
            throw new InvalidInputException(file + ": " + path + ": " + e.getMessage());
        }
    }

    private SortedMap<String, Object> fields(PolicyKind kind, String path, JsonNode entry) {
        SortedMap<String, Object> fields = new TreeMap<>();
        requireObject(path, entry).properties().forEach(field -> {
            try {
                fields.put(field.getKey(), kind.field(field.getKey()).read(value(field.getValue())));
            } catch (InvalidPolicyException e) {
                throw new InvalidInputException(file + ": " + path + ": " + e.getMessage());
            }
        });
        if (fields.isEmpty()) {
            throw new InvalidInputException(file + ": " + path + ": sets nothing");
        }
        kind.mistakes(fields).stream().findFirst().ifPresent(problem -> {
            throw new InvalidInputException(file + ": " + path + ": " + problem);
        });
        return fields;
    }

    private static Object value(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        return node.isTextual() ? node.textValue() : node;
    }

    private JsonNode requireObject(String path, JsonNode node) {
        if (!node.isObject()) {
            boolean empty =
                    node.isNull() || (node.isTextual() && node.textValue().isEmpty());
            String instead = node.isTextual() ? "the text '" + node.textValue() + "'" : node.toString();
            throw new InvalidInputException(
                    file + ": " + path + ": must be an object" + (empty ? "" : ", not " + instead));
        }
        return node;
    }

    private InvalidInputException invalid(InvalidPolicyException e) {
        return new InvalidInputException(file + ": " + e.getMessage());
    }
}
