package lt.marksign.client.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** A signature, as the gateway writes it: base64 of the signature, or base64 of that base64. */
@NullMarked
public final class SignatureValue implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private final byte[] bytes;

    private SignatureValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads a signature.
     *
     * @param text what the gateway wrote
     * @return the signature, or null for an empty text
     * @throws IllegalArgumentException if it is not base64
     */
    @JsonCreator
    public static @Nullable SignatureValue parse(String text) {
        return text.isBlank() ? null : new SignatureValue(decode(text));
    }

    /** No signature and no certificate consists of the characters of base64 alone, so such bytes are encoded once more. */
    static byte[] decode(String text) {
        byte[] once = Base64.getDecoder().decode(WHITE_SPACE.matcher(text).replaceAll(""));
        try {
            return Base64.getDecoder().decode(once);
        } catch (IllegalArgumentException e) {
            return once;
        }
    }

    /**
     * The signature.
     *
     * @return its bytes, a copy
     */
    @JsonValue
    public byte[] toByteArray() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignatureValue that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /**
     * Nothing of the signature.
     *
     * @return a star
     */
    @Override
    public String toString() {
        return "*";
    }
}
