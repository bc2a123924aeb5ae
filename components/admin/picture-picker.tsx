import { pictureKeys, ProductPicture, type PictureKey } from "../product-picture";

type PicturePickerProps = { legend: string; hint: string; names: Readonly<Record<PictureKey, string>>; picture: string };

/** The shop's illustrations as a row of radio buttons: arrow keys go from one to the next. */
export function PicturePicker({ legend, hint, names, picture }: PicturePickerProps) {
  return (
    <fieldset>
      <legend className="text-caption font-medium">{legend}</legend>
      <p className="mt-0.5 mb-2 text-caption text-muted">{hint}</p>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(4rem,1fr))] gap-2">
        {pictureKeys.map((key) => (
          <label key={key} title={names[key]} className="relative block cursor-pointer overflow-hidden rounded-control border-2 border-transparent has-checked:border-primary has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-primary">
            <input type="radio" name="picture" value={key} defaultChecked={key === picture} className="absolute inset-0 size-full cursor-pointer opacity-0" />
            <ProductPicture picture={key} alt={names[key]} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
