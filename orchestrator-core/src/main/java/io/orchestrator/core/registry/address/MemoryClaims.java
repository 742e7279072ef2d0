package io.orchestrator.core.registry.address;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Claims of one process, which is alone on its store. */
final class MemoryClaims implements AddressClaims {
    private final Map<Claim, String> holders = new ConcurrentHashMap<>();

    @Override
    public boolean take(Claim claim, String holder) {
        return holders.putIfAbsent(claim, holder) == null;
    }

    @Override
    public void giveBack(Claim claim, String holder) {
        holders.remove(claim, holder);
    }

    @Override
    public Map<Claim, String> all() {
        return Map.copyOf(holders);
    }

    /** Called at the start, when nobody is about to have anything. */
    @Override
    public void repair(Map<Claim, String> held) {
        holders.clear();
        holders.putAll(held);
    }
}
