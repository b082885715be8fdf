package lt.marksign.sample;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.view.RedirectView;

/** Redirects the browser to a page after a form's POST. */
final class SeeOther {
    private SeeOther() {}

    static RedirectView to(String path) {
        RedirectView view = new RedirectView(path, true);
        view.setStatusCode(HttpStatus.SEE_OTHER);
        view.setExposeModelAttributes(false);
        return view;
    }
}
