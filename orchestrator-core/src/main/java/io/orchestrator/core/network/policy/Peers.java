package io.orchestrator.core.network.policy;

import io.orchestrator.core.network.address.Cidr;
import java.util.List;
import java.util.SortedSet;

/** The other ends that traffic is allowed with. */
sealed interface Peers {

    boolean include(String address);

    /** Whoever it is. */
    record Anyone() implements Peers {
        @Override
        public boolean include(String address) {
            return true;
        }
    }

    /** The pods that a rule's selectors choose at the moment. */
    record Pods(SortedSet<String> addresses) implements Peers {
        @Override
        public boolean include(String address) {
            return addresses.contains(address);
        }
    }

    /** A range without parts of it. */
    record Block(Cidr range, List<Cidr> except) implements Peers {
        public Block {
            except = List.copyOf(except);
        }

        @Override
        public boolean include(String address) {
            return range.contains(address) && except.stream().noneMatch(each -> each.contains(address));
        }
    }
}
