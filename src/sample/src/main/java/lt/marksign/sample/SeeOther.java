package lt.marksign.sample;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.view.RedirectView;

/** The response to a form's POST: a page to get. */
final class SeeOther {
    private SeeOther() {}

    static RedirectView to(String path) {
        RedirectView view = new RedirectView(path, true);
        view.setStatusCode(HttpStatus.SEE_OTHER);
        view.setExposeModelAttributes(false);
        return view;
    }
}
