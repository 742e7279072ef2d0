package io.orchestrator.core.network.dns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * What the cluster itself knows: its zone, and the names of its addresses. Does not follow aliases. Thread-safe, without a
 * lock.
 */
final class ClusterAnswers {
    private static final String SPECIFICATION = "1.1.0";
    private static final long REFRESH = 7200;
    private static final long RETRY = 1800;
    private static final long EXPIRE = 86_400;
    private static final int ADDITIONAL = 32;

    private final ClusterNames names;
    private final Zone zone;
    private final ZoneFeed feed;
    private final Predicate<InetAddress> ours;
    private final InetAddress server;
    private final Record authority;

    /**
     * @param ours the addresses that services may have: nobody else knows of those
     * @param server where this is asked
     */
    ClusterAnswers(ClusterNames names, Zone zone, ZoneFeed feed, Predicate<InetAddress> ours, InetAddress server) {
        this.names = names;
        this.zone = zone;
        this.feed = feed;
        this.ours = ours;
        this.server = server;
        this.authority = new SOARecord(
                names.zone(),
                DClass.IN,
                ServiceRecords.TTL,
                names.server(),
                ClusterNames.child("hostmaster", names.zone()),
                1,
                REFRESH,
                RETRY,
                EXPIRE,
                ServiceRecords.TTL);
    }

    /** Null when others are to be asked. */
    @Nullable
    Answer answer(Question question) {
        if (question.name().subdomain(names.zone())) {
            return inZone(question);
        }
        List<Record> reverse = zone.records(question.name());
        if (!reverse.isEmpty()) {
            return select(question, reverse);
        }
        return isOurAddress(question.name()) ? known() ? absent() : unready() : null;
    }

    private boolean isOurAddress(Name name) {
        String text = name.toString();
        if (!text.endsWith(".arpa.")) {
            return false;
        }
        try {
            return ours.test(ReverseMap.fromName(name));
        } catch (java.net.UnknownHostException | IllegalArgumentException e) {
            return false;
        }
    }

    private Answer inZone(Question question) {
        Name name = question.name();
        if (name.equals(names.zone())) {
            return select(question, apex());
        }
        if (name.equals(names.server())) {
            return select(question, List.of(address(name, server)));
        }
        if (name.equals(ClusterNames.child("dns-version", names.zone()))) {
            return select(question, List.of(new TXTRecord(name, DClass.IN, ServiceRecords.TTL, SPECIFICATION)));
        }
        if (zone.has(name)) {
            return select(question, zone.records(name));
        }
        if (!known()) {
            return unready();
        }
        if (name.subdomain(names.pods())) {
            return pod(question);
        }
        return isAbove(name) ? empty() : absent();
    }

    /** Names that are there for the sake of others below, whether there are any or not. */
    private boolean isAbove(Name name) {
        return name.equals(names.services()) || name.equals(new Name(names.server(), 1));
    }

    private boolean known() {
        return feed.hasSynced();
    }

    private List<Record> apex() {
        return List.of(authority, new NSRecord(names.zone(), DClass.IN, ServiceRecords.TTL, names.server()));
    }

    private Answer pod(Question question) {
        Name name = question.name();
        int labels = name.labels() - names.pods().labels();
        if (labels == 0) {
            return empty();
        }
        if (labels == 1) {
            return feed.hasPods(name.getLabelString(0)) ? empty() : absent();
        }
        if (labels != 2) {
            return absent();
        }
        Optional<InetAddress> address = podAddress(name.getLabelString(0));
        String namespace = name.getLabelString(1).toLowerCase(java.util.Locale.ROOT);
        return address.filter(each -> feed.hasPod(namespace, each))
                .map(each -> select(question, List.of(address(name, each))))
                .orElseGet(this::absent);
    }

    /** The inverse of {@link ServiceRecords#label}: an IPv4 address has three dashes, and no letter. */
    static Optional<InetAddress> podAddress(String label) {
        boolean isIpv4 = label.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))
                && label.chars().filter(c -> c == '-').count() == 3;
        return ClusterNames.address(isIpv4 ? label.replace('-', '.') : label.replace('-', ':'));
    }

    private static Record address(Name name, InetAddress address) {
        return address instanceof Inet4Address
                ? new ARecord(name, DClass.IN, ServiceRecords.TTL, address)
                : new AAAARecord(name, DClass.IN, ServiceRecords.TTL, address);
    }

    /** Of what the name has, what is asked for; an alias stands for all. */
    private Answer select(Question question, List<Record> all) {
        List<Record> selected = new ArrayList<>();
        for (Record record : all) {
            if (question.asksFor(record.getType()) || record instanceof CNAMERecord) {
                selected.add(record);
            }
        }
        return selected.isEmpty() ? empty() : Answer.found(selected, additional(selected));
    }

    /** Who is told of a server is told its address, too. */
    private List<Record> additional(List<Record> answers) {
        List<Record> found = new ArrayList<>();
        for (Record record : answers) {
            if (found.size() < ADDITIONAL && record instanceof SRVRecord port) {
                for (Record each : zone.records(port.getTarget())) {
                    if ((each.getType() == Type.A || each.getType() == Type.AAAA) && !found.contains(each)) {
                        found.add(each);
                    }
                }
            }
        }
        return found;
    }

    private Answer empty() {
        return Answer.nothing(Rcode.NOERROR, authority);
    }

    private Answer absent() {
        return Answer.nothing(Rcode.NXDOMAIN, authority);
    }

    /** Before everything was seen once, nobody may conclude that a name is not there. */
    private static Answer unready() {
        return Answer.of(Rcode.SERVFAIL);
    }
}
