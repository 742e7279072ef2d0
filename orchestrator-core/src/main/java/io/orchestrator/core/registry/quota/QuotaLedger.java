package io.orchestrator.core.registry.quota;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.ResourceQuota;
import io.orchestrator.core.quota.Amounts;
import io.orchestrator.core.quota.QuotaUsage;
import io.orchestrator.core.registry.admission.Admission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Charges writes to quotas and gives back. */
public final class QuotaLedger {
    private static final Logger LOG = LoggerFactory.getLogger(QuotaLedger.class);

    private final QuotaBooks books;
    private final Map<String, QuotaAccount> accounts = new ConcurrentHashMap<>();

    public QuotaLedger(QuotaBooks books) {
        this.books = books;
    }

    /** What a write was charged. */
    public interface Charge {
        Charge NONE = () -> {};

        /** Gives it back: the write did not happen. */
        void refund();
    }

    /**
     * Charges a create or update for what it costs more than what stood there before.
     *
     * @throws ApiException with reason Forbidden when a quota would be exceeded; then nothing is charged
     */
    public <T extends Resource> Charge charge(Admission.Request<T> request) {
        if (!request.type().namespaced()) {
            return Charge.NONE;
        }
        List<Item> charged = new ArrayList<>();
        try {
            for (ResourceQuota quota : quotas(request.type(), request.namespace())) {
                charge(request, quota).ifPresent(charged::add);
            }
        } catch (RuntimeException e) {
            charged.forEach(this::giveBack);
            throw e;
        }
        return charged.isEmpty() ? Charge.NONE : () -> charged.forEach(this::giveBack);
    }

    /** Gives back what an update made cheaper, or all when nothing is left. Never fails: a controller counts again later. */
    public <T extends Resource> void credit(ResourceType<T> type, T before, @Nullable T after) {
        if (!type.namespaced()) {
            return;
        }
        String namespace = before.metadata().namespace();
        for (ResourceQuota quota : quotas(type, namespace)) {
            Map<String, Quantity> less = positive(
                    Amounts.minus(QuotaUsage.of(type, before, quota.spec()), QuotaUsage.of(type, after, quota.spec())));
            if (!less.isEmpty()) {
                giveBack(new Item(namespace, quota.metadata().name(), less));
            }
        }
    }

    private record Item(String namespace, String quota, Map<String, Quantity> amounts) {}

    private <T extends Resource> java.util.Optional<Item> charge(Admission.Request<T> request, ResourceQuota quota) {
        T object = request.object();
        if (object == null) {
            return java.util.Optional.empty();
        }
        Map<String, Quantity> more = positive(Amounts.minus(
                QuotaUsage.of(request.type(), object, quota.spec()),
                QuotaUsage.of(request.type(), request.current(), quota.spec())));
        if (request.current() == null) {
            List<String> open = QuotaUsage.unspecified(object, quota.spec());
            if (!open.isEmpty()) {
                throw request.denied(
                        "failed quota: " + quota.metadata().name() + ": must specify " + String.join("; ", open));
            }
        }
        if (more.isEmpty()) {
            return java.util.Optional.empty();
        }
        Item item = new Item(request.namespace(), quota.metadata().name(), more);
        if (request.dryRun()) {
            Used.check(quota, more).ifPresent(why -> {
                throw request.denied(why);
            });
            return java.util.Optional.empty();
        }
        try {
            account(item).charge(more).ifPresent(why -> {
                throw request.denied(why);
            });
        } catch (ApiException e) {
            if (e.isNotFound()) {
                // It went in the meantime: nothing is bounded by it any more.
                return java.util.Optional.empty();
            }
            throw e;
        }
        return java.util.Optional.of(item);
    }

    private void giveBack(Item item) {
        try {
            account(item).giveBack(item.amounts());
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                LOG.warn(
                        "quota {}/{} keeps {} too much until it is counted again",
                        item.namespace(),
                        item.quota(),
                        Amounts.text(item.amounts()),
                        e);
            }
        }
    }

    private QuotaAccount account(Item item) {
        String key = item.namespace() + "/" + item.quota();
        return accounts.computeIfAbsent(
                key, made -> new QuotaAccount(change -> books.change(item.namespace(), item.quota(), change)));
    }

    private List<ResourceQuota> quotas(ResourceType<?> type, String namespace) {
        List<ResourceQuota> all = books.in(namespace);
        return all.isEmpty()
                ? all
                : all.stream()
                        .filter(quota -> QuotaUsage.concerns(type, quota))
                        .sorted(Comparator.comparing(quota -> quota.metadata().name()))
                        .toList();
    }

    private static Map<String, Quantity> positive(Map<String, Quantity> amounts) {
        Map<String, Quantity> positive = new LinkedHashMap<>(amounts);
        positive.values().removeIf(amount -> amount.signum() <= 0);
        return positive;
    }
}
