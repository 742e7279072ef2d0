package io.orchestrator.samples.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Asks a cluster's DNS from this machine. @param server where it answers */
record Names(String server) {

    List<String> addresses(String name) {
        return ask(name, Type.A)
                .filter(ARecord.class::isInstance)
                .map(record -> ((ARecord) record).getAddress().getHostAddress())
                .toList();
    }

    List<String> alias(String name) {
        return ask(name, Type.CNAME)
                .map(record -> ((CNAMERecord) record).getTarget().toString())
                .toList();
    }

    /** Each as port and target. */
    List<String> ports(String name) {
        return ask(name, Type.SRV)
                .map(SRVRecord.class::cast)
                .map(record -> record.getPort() + " " + record.getTarget())
                .toList();
    }

    private Stream<Record> ask(String name, int type) {
        try {
            SimpleResolver resolver = new SimpleResolver(server);
            resolver.setTimeout(Duration.ofSeconds(10));
            return resolver
                    .send(Message.newQuery(Record.newRecord(Name.fromString(name + "."), type, DClass.IN)))
                    .getSection(Section.ANSWER)
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
