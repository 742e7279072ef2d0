package io.orchestrator.core.agent;

import io.orchestrator.core.agent.Prober.Result;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One call of {@code grpc.health.v1.Health/Check} over HTTP/2 without TLS, on a connection of its own. The JDK's client does
 * not speak that without an upgrade, and one exchange needs little of the protocol: no header of the answer is looked at,
 * as the message alone says whether the service serves. Blocks.
 */
final class GrpcCheck {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGEST_FRAME = 16_384;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GO_AWAY = 7;
    private static final int END_STREAM = 0x1;
    private static final int ACK = 0x1;
    private static final int END_HEADERS = 0x4;
    private static final int PADDED = 0x8;
    private static final int STREAM = 1;
    private static final int MESSAGE_PREFIX = 5;
    private static final String[] NAMES = {"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"};

    private final DataInputStream input;
    private final OutputStream output;

    private GrpcCheck(Socket socket) throws IOException {
        this.input = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.output = socket.getOutputStream();
    }

    static Result ask(String service, String address, int port, Duration timeout) {
        String authority = address + ":" + port;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), (int) timeout.toMillis());
            socket.setSoTimeout((int) timeout.toMillis());
            GrpcCheck check = new GrpcCheck(socket);
            check.send(service, authority);
            byte[] message = check.answer();
            if (message.length < MESSAGE_PREFIX) {
                return Result.failed("error: the server at " + authority
                        + " does not implement the grpc health protocol (grpc.health.v1.Health) for service \""
                        + service
                        + "\"");
            }
            int status = statusIn(message);
            return status == 1
                    ? Result.ok()
                    : Result.failed("service unhealthy (responded with \""
                            + (status < NAMES.length ? NAMES[status] : String.valueOf(status)) + "\")");
        } catch (IOException e) {
            return Result.failed("timeout: failed to connect service \"" + authority + "\" within "
                    + timeout.toSeconds() + "s: " + e.getMessage());
        }
    }

    private void send(String service, String authority) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(PREFACE);
        frame(all, SETTINGS, 0, 0, new byte[0]);
        frame(all, HEADERS, END_HEADERS, STREAM, headers(authority));
        frame(all, DATA, END_STREAM, STREAM, request(service));
        output.write(all.toByteArray());
        output.flush();
    }

    /** Every header literally and kept out of the tables. */
    private static byte[] headers(String authority) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        String[][] headers = {
            {":method", "POST"},
            {":scheme", "http"},
            {":path", "/grpc.health.v1.Health/Check"},
            {":authority", authority},
            {"content-type", "application/grpc"},
            {"user-agent", "kube-probe/1.32"},
            {"te", "trailers"},
        };
        for (String[] header : headers) {
            block.write(0);
            for (String text : header) {
                byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
                length(block, bytes.length);
                block.write(bytes);
            }
        }
        return block.toByteArray();
    }

    /** A length in a prefix of seven bits. */
    private static void length(ByteArrayOutputStream block, int length) {
        if (length < 127) {
            block.write(length);
        } else {
            block.write(127);
            varint(block, length - 127);
        }
    }

    private static void varint(ByteArrayOutputStream out, int number) {
        int rest = number;
        while (rest >= 128) {
            out.write(rest & 127 | 128);
            rest >>= 7;
        }
        out.write(rest);
    }

    /** The message {@code HealthCheckRequest} with its length before it. */
    private static byte[] request(String service) throws IOException {
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        if (name.length > 0) {
            message.write(1 << 3 | 2);
            varint(message, name.length);
            message.write(name);
        }
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        framed.write(0);
        framed.write(new byte[] {
            (byte) (message.size() >> 24),
            (byte) (message.size() >> 16),
            (byte) (message.size() >> 8),
            (byte) message.size()
        });
        framed.write(message.toByteArray());
        return framed.toByteArray();
    }

    private static void frame(ByteArrayOutputStream out, int type, int flags, int stream, byte[] payload)
            throws IOException {
        out.write(new byte[] {
            (byte) (payload.length >> 16),
            (byte) (payload.length >> 8),
            (byte) payload.length,
            (byte) type,
            (byte) flags,
            0,
            0,
            0,
            (byte) stream
        });
        out.write(payload);
    }

    /** What comes as data before the stream ends; empty for an answer without a message. */
    private byte[] answer() throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        while (true) {
            int length = input.readUnsignedByte() << 16 | input.readUnsignedShort();
            int type = input.readUnsignedByte();
            int flags = input.readUnsignedByte();
            int stream = input.readInt() & 0x7fff_ffff;
            if (length > LARGEST_FRAME) {
                throw new IOException("a frame of " + length + " bytes");
            }
            byte[] payload = input.readNBytes(length);
            if (payload.length < length) {
                throw new EOFException("the connection ended");
            }
            if (type == SETTINGS && (flags & ACK) == 0) {
                reply(SETTINGS, new byte[0]);
            } else if (type == PING && (flags & ACK) == 0) {
                reply(PING, payload);
            } else if (type == GO_AWAY || type == RESET && stream == STREAM) {
                return data.toByteArray();
            } else if (stream == STREAM && (type == DATA || type == HEADERS)) {
                if (type == DATA) {
                    boolean padded = (flags & PADDED) != 0 && payload.length > 0;
                    int from = padded ? 1 : 0;
                    int padding = padded ? payload[0] & 255 : 0;
                    data.write(payload, from, Math.max(0, payload.length - from - padding));
                }
                if ((flags & END_STREAM) != 0) {
                    return data.toByteArray();
                }
            }
        }
    }

    private void reply(int type, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame(frame, type, ACK, 0, payload);
        output.write(frame.toByteArray());
        output.flush();
    }

    /** The number of field 1 of {@code HealthCheckResponse}, which is left out for 0. */
    private static int statusIn(byte[] message) {
        boolean present = message.length >= MESSAGE_PREFIX + 2 && message[MESSAGE_PREFIX] == 1 << 3;
        return present ? message[MESSAGE_PREFIX + 1] & 127 : 0;
    }
}
