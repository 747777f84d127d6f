package io.yardmaster.client;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.common.Endpoint;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.server.authorizer.AclCreateResult;
import org.apache.kafka.server.authorizer.AclDeleteResult;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.apache.kafka.server.authorizer.Authorizer;
import org.apache.kafka.server.authorizer.AuthorizerServerInfo;

/** Lets everybody do everything, but for some operations on groups and topics of kills and outcomes. Loaded by a broker in this JVM. */
public final class RefusingAuthorizer implements Authorizer {
    private static volatile Set<AclOperation> refused = Set.of();
    private static volatile Set<AclOperation> refusedOnKills = Set.of();
    private static volatile Set<AclOperation> refusedOnOutcomes = Set.of();

    static void refuse(AclOperation... operations) {
        refused = Set.of(operations);
    }

    static void refuseOnKills(AclOperation... operations) {
        refusedOnKills = Set.of(operations);
    }

    static void refuseOnOutcomes(AclOperation... operations) {
        refusedOnOutcomes = Set.of(operations);
    }

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        return actions.stream()
                .map(action -> isRefused(action) ? AuthorizationResult.DENIED : AuthorizationResult.ALLOWED)
                .toList();
    }

    private static boolean isRefused(Action action) {
        ResourcePattern resource = action.resourcePattern();
        return switch (resource.resourceType()) {
            case GROUP -> refused.contains(action.operation());
            case TOPIC ->
                (resource.name().endsWith(".kills") && refusedOnKills.contains(action.operation()))
                        || (resource.name().endsWith(".outcomes") && refusedOnOutcomes.contains(action.operation()));
            default -> false;
        };
    }

    @Override
    public Map<Endpoint, ? extends CompletionStage<Void>> start(AuthorizerServerInfo server) {
        return server.endpoints().stream()
                .collect(Collectors.toMap(
                        endpoint -> endpoint, endpoint -> CompletableFuture.<Void>completedFuture(null)));
    }

    @Override
    public List<? extends CompletionStage<AclCreateResult>> createAcls(
            AuthorizableRequestContext context, List<AclBinding> bindings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<? extends CompletionStage<AclDeleteResult>> deleteAcls(
            AuthorizableRequestContext context, List<AclBindingFilter> filters) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<AclBinding> acls(AclBindingFilter filter) {
        return List.of();
    }

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {}
}
