package io.orchestrator.core.network;

import io.orchestrator.core.network.address.HostAddresses;
import io.orchestrator.spi.network.ProxyReport;
import io.orchestrator.spi.network.ProxyReport.Problem;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServiceProxy;
import io.orchestrator.spi.network.ServiceTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A proxy whose service addresses must first be made this machine's own. Closes both. */
public final class AddressHoldingProxy implements ServiceProxy {
    private final ServiceProxy proxy;
    private final HostAddresses addresses;
    private final Set<String> always;
    private Set<String> held = Set.of();
    private ServiceTable served = ServiceTable.empty();

    /** Whether all addresses of that table are held. */
    private boolean complete = true;

    /** @param always addresses that are held from now on, whatever the table says */
    public AddressHoldingProxy(ServiceProxy proxy, HostAddresses addresses, Set<String> always) {
        this.proxy = proxy;
        this.addresses = addresses;
        this.always = Set.copyOf(always);
        addresses.hold(this.always);
    }

    @Override
    public String name() {
        return proxy.name();
    }

    /** Addresses come before their listeners and go after them. */
    @Override
    public synchronized ProxyReport apply(ServiceTable table) {
        boolean movesNothing = complete && Redirection.between(served, table).isPresent();
        served = table;
        return movesNothing ? proxy.apply(table) : move(table);
    }

    private ProxyReport move(ServiceTable table) {
        complete = false;
        Set<String> wanted = new HashSet<>(always);
        table.ports().forEach(port -> wanted.addAll(port.addresses()));
        Set<String> both = new HashSet<>(wanted);
        both.addAll(held);
        Map<String, String> failures = addresses.hold(both);
        List<Problem> problems = new ArrayList<>(problems(table, failures));
        ProxyReport report = proxy.apply(table);
        problems.addAll(report.problems());
        addresses.hold(wanted);
        held = Set.copyOf(wanted);
        complete = failures.isEmpty();
        return new ProxyReport(problems, report.again());
    }

    private static List<Problem> problems(ServiceTable table, Map<String, String> failures) {
        List<Problem> problems = new ArrayList<>();
        for (ServicePort port : table.ports()) {
            for (String address : port.addresses()) {
                String why = failures.get(address);
                if (why != null) {
                    problems.add(new Problem(
                            port.namespace(), port.service(), address, port.port(), "AddressNotAvailable", why));
                }
            }
        }
        return problems;
    }

    @Override
    public synchronized void close() {
        try {
            proxy.close();
        } finally {
            addresses.close();
        }
    }
}
