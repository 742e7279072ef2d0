package io.orchestrator.core.registry.quota;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.ResourceQuota;
import io.orchestrator.api.model.core.ResourceQuotaStatus;
import io.orchestrator.core.quota.Amounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is used of a quota, and whether more may be. Pure functions. */
final class Used {
    private Used() {}

    /** Why so much more may not be used; empty when it may. */
    static Optional<String> check(ResourceQuota quota, Map<String, Quantity> more) {
        ResourceQuotaStatus status = quota.status();
        List<String> unknown = more.keySet().stream()
                .filter(name ->
                        !status.hard().containsKey(name) || !status.used().containsKey(name))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            return Optional.of("status unknown for quota: " + quota.metadata().name() + ", resources: "
                    + String.join(",", unknown));
        }
        Map<String, Quantity> exceeded = new LinkedHashMap<>(more);
        exceeded.entrySet().removeIf(entry -> fits(status, entry.getKey(), entry.getValue()));
        if (exceeded.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("exceeded quota: " + quota.metadata().name() + ", requested: " + Amounts.text(exceeded)
                + ", used: " + Amounts.text(only(status.used(), exceeded)) + ", limited: "
                + Amounts.text(only(status.hard(), exceeded)));
    }

    private static boolean fits(ResourceQuotaStatus status, String name, Quantity more) {
        Quantity used = status.used().getOrDefault(name, Quantity.ZERO);
        Quantity hard = status.hard().getOrDefault(name, Quantity.ZERO);
        return used.plus(more).compareTo(hard) <= 0;
    }

    static ResourceQuota plus(ResourceQuota quota, Map<String, Quantity> more) {
        return quota.withStatus(new ResourceQuotaStatus(
                quota.status().hard(), Amounts.plus(quota.status().used(), more)));
    }

    /** Never below nothing: what was counted again in the meantime is not given back twice. */
    static ResourceQuota minus(ResourceQuota quota, Map<String, Quantity> less) {
        Map<String, Quantity> used = new LinkedHashMap<>(quota.status().used());
        less.forEach((name, amount) -> used.computeIfPresent(name, (same, known) -> {
            Quantity left = known.minus(amount);
            return left.signum() < 0 ? Quantity.ZERO : left;
        }));
        return quota.withStatus(new ResourceQuotaStatus(quota.status().hard(), used));
    }

    private static Map<String, Quantity> only(Map<String, Quantity> all, Map<String, Quantity> names) {
        Map<String, Quantity> some = new LinkedHashMap<>(all);
        some.keySet().retainAll(names.keySet());
        return some;
    }
}
