package io.orchestrator.core.network.dns;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A message that somebody sent, as far as it could be understood, and how to answer it.
 *
 * @param header of the message
 * @param asked its one question; null where it has none that can be read
 * @param extension what it says of the extensions of the protocol that its sender knows; null where it knows none
 * @param rcode what is wrong with it; {@link Rcode#NOERROR} where nothing is
 */
record Request(
        Header header, @Nullable Record asked, @Nullable OPTRecord extension, int rcode) {
    /** Nobody asks that much; what is longer is not looked into. */
    static final int LONGEST = 4096;

    private static final int CLASSIC_PAYLOAD = 512;
    private static final int MOST = 65_535;

    /** Null for what cannot or must not be answered: what has no header, and answers, lest two servers talk for ever. */
    static @Nullable Request read(byte[] bytes) {
        Header header;
        try {
            header = new Header(bytes);
        } catch (IOException e) {
            return null;
        }
        if (header.getFlag(Flags.QR)) {
            return null;
        }
        if (header.getOpcode() != Opcode.QUERY) {
            return new Request(header, null, null, Rcode.NOTIMP);
        }
        if (bytes.length > LONGEST) {
            return new Request(header, null, null, Rcode.FORMERR);
        }
        try {
            return understood(new Message(bytes));
        } catch (IOException | RuntimeException e) {
            // The parser says so in several ways.
            return new Request(header, null, null, Rcode.FORMERR);
        }
    }

    private static Request understood(Message message) {
        Header header = message.getHeader();
        List<Record> questions = message.getSection(Section.QUESTION);
        OPTRecord extension = message.getOPT();
        if (questions.size() != 1) {
            return new Request(header, null, extension, Rcode.FORMERR);
        }
        Record asked = questions.get(0);
        return new Request(header, asked, extension, fault(asked, extension, message));
    }

    private static int fault(Record asked, @Nullable OPTRecord extension, Message message) {
        long extensions = message.getSection(Section.ADDITIONAL).stream()
                .filter(record -> record.getType() == Type.OPT)
                .count();
        if (extensions > 1 || asked.getType() == Type.OPT) {
            return Rcode.FORMERR;
        }
        if (extension != null && extension.getVersion() != 0) {
            return Rcode.BADVERS;
        }
        boolean isTransfer = asked.getType() == Type.AXFR || asked.getType() == Type.IXFR;
        return asked.getDClass() != DClass.IN || isTransfer ? Rcode.REFUSED : Rcode.NOERROR;
    }

    /** Null where something is wrong with it. */
    @Nullable
    Question question() {
        if (asked == null || rcode != Rcode.NOERROR) {
            return null;
        }
        boolean dnssec = extension != null && (extension.getFlags() & ExtendedFlags.DO) != 0;
        return new Question(asked.getName(), asked.getType(), dnssec, header.getFlag(Flags.CD));
    }

    /**
     * The answer as it goes on the wire; cut, and marked so, where it is longer than the asker takes.
     *
     * @param datagram whether it goes by datagram, which limits its length
     * @param recursive whether other names than the cluster's are answered
     */
    byte[] answeredBy(Answer answer, boolean datagram, boolean recursive) {
        Message message = new Message(header.getID());
        Header said = message.getHeader();
        said.setFlag(Flags.QR);
        said.setOpcode(header.getOpcode());
        copy(Flags.RD, said);
        copy(Flags.CD, said);
        if (recursive) {
            said.setFlag(Flags.RA);
        }
        if (answer.authoritative()) {
            said.setFlag(Flags.AA);
        }
        said.setRcode(answer.rcode() & 0xF);
        if (asked != null) {
            message.addRecord(asked, Section.QUESTION);
        }
        int limit = datagram ? payload() : MOST;
        byte[] whole = wire(message, answer, answer.answers().size(), true);
        return whole.length <= limit ? whole : cut(message, answer, limit);
    }

    /** Further records are left out without a word; when answers must be, the asker is told, and gets what there is room for. */
    private byte[] cut(Message head, Answer answer, int limit) {
        byte[] bare = wire(head, answer, answer.answers().size(), false);
        if (bare.length <= limit && answer.authority().isEmpty()) {
            return bare;
        }
        head.getHeader().setFlag(Flags.TC);
        int fit = 0;
        int beyond = answer.answers().size();
        while (beyond - fit > 1) {
            int middle = (fit + beyond) >>> 1;
            if (wire(head, answer, middle, false).length <= limit) {
                fit = middle;
            } else {
                beyond = middle;
            }
        }
        return wire(head, answer, fit, false);
    }

    private byte[] wire(Message head, Answer answer, int answers, boolean further) {
        Message message = head.clone();
        answer.answers().subList(0, answers).forEach(record -> message.addRecord(record, Section.ANSWER));
        if (further) {
            answer.authority().forEach(record -> message.addRecord(record, Section.AUTHORITY));
            answer.additional().forEach(record -> message.addRecord(record, Section.ADDITIONAL));
        }
        if (extension != null) {
            message.addRecord(
                    new OPTRecord(
                            UpstreamExchange.PAYLOAD, answer.rcode() >> 4, 0, extension.getFlags() & ExtendedFlags.DO),
                    Section.ADDITIONAL);
        }
        return message.toWire(MOST);
    }

    /** What is wrong with it, on the wire. */
    byte[] refused(boolean datagram, boolean recursive) {
        return answeredBy(Answer.of(rcode), datagram, recursive);
    }

    private void copy(int flag, Header to) {
        if (header.getFlag(flag)) {
            to.setFlag(flag);
        }
    }

    private int payload() {
        int asks = extension == null ? CLASSIC_PAYLOAD : Math.max(CLASSIC_PAYLOAD, extension.getPayloadSize());
        return Math.min(UpstreamExchange.PAYLOAD, asks);
    }

    /** The length that a message on a connection says it has. */
    static int length(ByteBuffer prefix) {
        return Short.toUnsignedInt(prefix.getShort());
    }
}
