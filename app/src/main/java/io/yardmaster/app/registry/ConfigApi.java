package io.yardmaster.app.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.yardmaster.app.http.Reply;
import io.yardmaster.app.http.Request;
import io.yardmaster.app.http.Router;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Compatibility levels, and the mode (which cannot be changed), of Confluent's REST API. */
final class ConfigApi {
    private ConfigApi() {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record ConfigBody(String compatibility) {}

    static void addTo(Router router, EmbeddedRegistry registry) {
        router.on("GET", "mode", (request, args) -> Reply.ok(Map.of("mode", "READWRITE")))
                .on("GET", "mode/{subject}", (request, args) -> Reply.ok(Map.of("mode", "READWRITE")))
                .on("GET", "config", (request, args) -> level(registry.state().compatibility()))
                .onTrusted("PUT", "config", (request, args) -> {
                    CompatibilityLevel level = levelIn(request);
                    registry.setCompatibility(level);
                    return Reply.ok(Map.of("compatibility", level));
                })
                .on(
                        "GET",
                        "config/{subject}",
                        (request, args) -> level(levelOf(registry, args.get("subject"), request)))
                .onTrusted("PUT", "config/{subject}", (request, args) -> {
                    CompatibilityLevel level = levelIn(request);
                    registry.setCompatibility(args.get("subject"), Optional.of(level));
                    return Reply.ok(Map.of("compatibility", level));
                })
                .onTrusted("DELETE", "config/{subject}", (request, args) -> {
                    CompatibilityLevel before = ownLevel(registry, args.get("subject"));
                    registry.setCompatibility(args.get("subject"), Optional.empty());
                    return level(before);
                });
    }

    private static CompatibilityLevel levelOf(EmbeddedRegistry registry, String subject, Request request) {
        return request.flag("defaultToGlobal")
                ? registry.state().compatibilityOf(subject)
                : ownLevel(registry, subject);
    }

    private static CompatibilityLevel ownLevel(EmbeddedRegistry registry, String subject) {
        return Optional.ofNullable(registry.state().subjectCompatibility().get(subject))
                .orElseThrow(() -> RegistryProblem.noLevelOfItsOwn(subject));
    }

    private static CompatibilityLevel levelIn(Request request) {
        String text = RegistryApi.read(request, ConfigBody.class).compatibility();
        return Arrays.stream(CompatibilityLevel.values())
                .filter(level -> level.name().equals(text))
                .findFirst()
                .orElseThrow(RegistryProblem::invalidLevel);
    }

    private static Reply level(CompatibilityLevel level) {
        return Reply.ok(Map.of("compatibilityLevel", level));
    }
}
