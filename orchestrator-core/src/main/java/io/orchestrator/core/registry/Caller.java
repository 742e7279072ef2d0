package io.orchestrator.core.registry;

import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.auth.UserInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, already authenticated and authorized.
 *
 * @param uid of the user; empty where it is not known
 * @param extra what else the authentication found out about the user
 * @param fieldManager the name for {@code managedFields} where the request itself gives none
 * @param warnings told what the caller should know although the request succeeds; called on the requesting thread
 * @param timeLeft how long an answer will still be of use; not positive when nobody waits for it any more. Safe for any thread
 * @param form in which the request names what it is about; null where that is how it is stored
 */
public record Caller(
        String user,
        String uid,
        List<String> groups,
        Map<String, List<String>> extra,
        String fieldManager,
        Consumer<String> warnings,
        Supplier<Duration> timeLeft,
        @Nullable ResourceType<?> form) {
    /** For whoever waits as long as it takes. */
    private static final Duration LONG = Duration.ofHours(1);

    public Caller {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /** Somebody of whom no more is known than name and groups. */
    public Caller(String user, List<String> groups, String fieldManager, Consumer<String> warnings) {
        this(user, "", groups, Map.of(), fieldManager, warnings, () -> LONG, null);
    }

    /** The same, asking for something in another form than the stored one. */
    Caller asking(ResourceType<?> asked) {
        return new Caller(user, uid, groups, extra, fieldManager, warnings, timeLeft, asked);
    }

    /** As authorizers see it. */
    public UserInfo userInfo() {
        return new UserInfo(user, uid, groups, extra);
    }

    /** Whether this is a component of the control plane in this process, and no user of whatever rank. */
    boolean isComponent() {
        return !fieldManager.isEmpty() && user.equals("system:" + fieldManager);
    }

    /** A component of the control plane in this process. */
    public static Caller system(String fieldManager) {
        return new Caller("system:" + fieldManager, List.of("system:masters"), fieldManager, warning -> {});
    }
}
