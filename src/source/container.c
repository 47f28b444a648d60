/* container.c - the forms of container there are */
#include "container.h"

#include "epistograph/error.h"

#include <glib.h>

static const struct container_form *const forms[] = {
	&packed_form, &pst_form, &msg_form, &loadfile_form,
};

const struct container_form *container_form_of(const uint8_t *head, size_t size, bool mail,
                                               const struct source_options *options)
{
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		if (!(mail && forms[i]->is_text) && forms[i]->is_it(head, size, options))
			return forms[i];
	return NULL;
}

bool container_input_hold(struct container_input *input)
{
	struct window *window = input->window;
	struct error err = { 0 };

	if (!window_is_stream(window))
		return true;
	return window->base == 0 && window_hold(window, 0, CONTAINER_HELD_MAX, &err) == 0 &&
	       window_ended(window);
}
