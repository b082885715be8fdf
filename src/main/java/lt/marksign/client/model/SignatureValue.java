package lt.marksign.client.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** A signature in base64, encoded once or twice. The gateway's samples encode it twice for Smart-ID, once for Mobile-ID. */
@NullMarked
public final class SignatureValue implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private final byte[] bytes;

    private SignatureValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Decodes a signature.
     *
     * @param text the text that the gateway sent
     * @return the signature, or null for a blank text
     * @throws IllegalArgumentException if it is not base64
     */
    @JsonCreator
    public static @Nullable SignatureValue parse(String text) {
        return text.isBlank() ? null : new SignatureValue(decode(text));
    }

    /** Decodes twice if the result is base64 again: the bytes of a signature or certificate never have only such characters. */
    static byte[] decode(String text) {
        byte[] once = Base64.getDecoder().decode(WHITE_SPACE.matcher(text).replaceAll(""));
        try {
            return Base64.getDecoder().decode(once);
        } catch (IllegalArgumentException e) {
            return once;
        }
    }

    /**
     * Returns the signature.
     *
     * @return a copy of its bytes
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
     * Hides the signature.
     *
     * @return {@code *}
     */
    @Override
    public String toString() {
        return "*";
    }
}
