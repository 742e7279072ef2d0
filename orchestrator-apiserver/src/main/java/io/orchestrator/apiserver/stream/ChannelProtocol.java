package io.orchestrator.apiserver.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The versions of the channel protocol on WebSockets: what a message looks like, and what is said on the error channel. */
public enum ChannelProtocol {
    /** The newest: the end of input can be told. */
    V5("v5.channel.k8s.io", false, true),
    V4("v4.channel.k8s.io", false, true),
    V4_BASE64("v4.base64.channel.k8s.io", true, true),
    /** For errors there is only text. */
    V1("channel.k8s.io", false, false),
    V1_BASE64("base64.channel.k8s.io", true, false);

    private final String protocol;
    private final boolean text;
    private final boolean status;

    ChannelProtocol(String protocol, boolean text, boolean status) {
        this.protocol = protocol;
        this.text = text;
        this.status = status;
    }

    /** The newest that both sides know; empty when there is none. @param offered by the client; nothing means the first version */
    public static Optional<ChannelProtocol> of(List<String> offered) {
        return offered.isEmpty()
                ? Optional.of(V1)
                : Arrays.stream(values())
                        .filter(each -> offered.contains(each.protocol))
                        .findFirst();
    }

    /** As it is negotiated. */
    public String protocol() {
        return protocol;
    }

    boolean isText() {
        return text;
    }

    byte[] encode(int channel, byte[] bytes, int length) {
        byte[] payload = text ? Base64.getEncoder().encode(Arrays.copyOf(bytes, length)) : bytes;
        int size = text ? payload.length : length;
        byte[] message = new byte[size + 1];
        message[0] = (byte) (text ? '0' + channel : channel);
        System.arraycopy(payload, 0, message, 1, size);
        return message;
    }

    /** -1 for a message without one. */
    int channel(byte[] message) {
        if (message.length == 0) {
            return -1;
        }
        return text ? message[0] - '0' : message[0] & 0xff;
    }

    /** @throws IllegalArgumentException when it is no base64 where it should be */
    byte[] payload(byte[] message) {
        byte[] payload = message.length == 0 ? message : Arrays.copyOfRange(message, 1, message.length);
        return text ? Base64.getDecoder().decode(new String(payload, StandardCharsets.ISO_8859_1)) : payload;
    }

    /** What goes out on the error channel; empty for nothing. */
    byte[] ending(CommandEnd end) {
        return status ? end.asStatus() : end.asText();
    }
}
