package lt.marksign.client.model;

import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** The links of a response, which has one, or a list of them. */
@NullMarked
public interface SignerLinks {
    /**
     * Returns the one link.
     *
     * @return its address, or null if there is a list
     */
    @Nullable String getTemporarySigningLink();

    /**
     * Returns until when the one link is good.
     *
     * @return the seconds since 1970, or null
     */
    @Nullable Long getValidUntil();

    /**
     * Returns the list.
     *
     * @return a link for each signer, or null if there is one link
     */
    @Nullable List<SignerLink> getTemporarySigningLinks();

    /**
     * Returns all links, in whichever of the two forms they came.
     *
     * @return the one link, without a signer's name; or a link for each signer
     */
    default List<SignerLink> links() {
        List<SignerLink> several = getTemporarySigningLinks();
        return several != null && !several.isEmpty()
                ? several
                : List.of(new SignerLink()
                        .temporarySigningLink(getTemporarySigningLink())
                        .validUntil(getValidUntil()));
    }
}
