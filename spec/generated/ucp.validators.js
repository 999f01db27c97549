// Made by `npm run generate` from spec/ucp.openapi.yaml. Do not edit.
const isObject = (value) => value && typeof value == "object" && !Array.isArray(value);
const fault = (instancePath, keyword, params, propertyName) => ({ instancePath, keyword, params, propertyName });
const refuse = (validate, instancePath, keyword, params, propertyName) => {
    validate.errors = [fault(instancePath, keyword, params, propertyName)];
    return false;
};
// Without a copy of all faults so far: a body of 256 KiB with one in each of its elements took minutes.
const add = (faults, { errors }) => {
    for (const error of errors) faults.push(error);
    return faults.length;
};

export const validateCheckoutCreate = validate21;



function validate22(data, instancePath=""){
/*# sourceURL="LineItems" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(Array.isArray(data)){
if(data.length > 85){
return refuse(validate22, instancePath, "maxItems", {limit: 85});
}
else {
var valid0 = true;
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
const _errs1 = errors;
if(isObject(data0)){
if(data0.id === null){
delete data0.id;
}
}
if(errors === _errs1){
if(isObject(data0)){
let missing0;
if(((data0.item === undefined) && (missing0 = "item")) || ((data0.quantity === undefined) && (missing0 = "quantity"))){
return refuse(validate22, instancePath+"/" + i0, "required", {missingProperty: missing0});
}
else {
if(data0.id !== undefined){
const _errs3 = errors;
if(typeof data0.id !== "string"){
return refuse(validate22, instancePath+"/" + i0+"/id", "type", {type: "string"});
}
var valid1 = _errs3 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.item !== undefined){
let data2 = data0.item;
const _errs5 = errors;
if(errors === _errs5){
if(isObject(data2)){
let missing1;
if((data2.id === undefined) && (missing1 = "id")){
return refuse(validate22, instancePath+"/" + i0+"/item", "required", {missingProperty: missing1});
}
else {
if(data2.id !== undefined){
if(typeof data2.id !== "string"){
return refuse(validate22, instancePath+"/" + i0+"/item/id", "type", {type: "string"});
}
}
}
}
else {
return refuse(validate22, instancePath+"/" + i0+"/item", "type", {type: "object"});
}
}
var valid1 = _errs5 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.quantity !== undefined){
let data4 = data0.quantity;
const _errs9 = errors;
if(!(Number.isInteger(data4))){
return refuse(validate22, instancePath+"/" + i0+"/quantity", "type", {type: "integer"});
}
if(errors === _errs9){
if(Number.isFinite(data4)){
if(data4 > 10000 || isNaN(data4)){
return refuse(validate22, instancePath+"/" + i0+"/quantity", "maximum", {limit: 10000});
}
else {
if(data4 < 1 || isNaN(data4)){
return refuse(validate22, instancePath+"/" + i0+"/quantity", "minimum", {limit: 1});
}
}
}
}
var valid1 = _errs9 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
return refuse(validate22, instancePath+"/" + i0, "type", {type: "object"});
}
}
var valid0 = _errs1 === errors;
if(!valid0){
break;
}
}
}
}
else {
return refuse(validate22, instancePath, "type", {type: "array"});
}
}
validate22.errors = vErrors;
return errors === 0;
}



function validate24(data, instancePath=""){
/*# sourceURL="Buyer" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.first_name === null){
delete data.first_name;
}
if(data.last_name === null){
delete data.last_name;
}
if(data.email === null){
delete data.email;
}
if(data.phone_number === null){
delete data.phone_number;
}
if(data.consent === null){
delete data.consent;
}
}
if(errors === 0){
if(isObject(data)){
if(data.first_name !== undefined){
const _errs1 = errors;
if(typeof data.first_name !== "string"){
return refuse(validate24, instancePath+"/first_name", "type", {type: "string"});
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.last_name !== undefined){
const _errs3 = errors;
if(typeof data.last_name !== "string"){
return refuse(validate24, instancePath+"/last_name", "type", {type: "string"});
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.email !== undefined){
const _errs5 = errors;
if(typeof data.email !== "string"){
return refuse(validate24, instancePath+"/email", "type", {type: "string"});
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.phone_number !== undefined){
const _errs7 = errors;
if(typeof data.phone_number !== "string"){
return refuse(validate24, instancePath+"/phone_number", "type", {type: "string"});
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.consent !== undefined){
let data4 = data.consent;
const _errs9 = errors;
if(isObject(data4)){
if(data4.analytics === null){
delete data4.analytics;
}
if(data4.preferences === null){
delete data4.preferences;
}
if(data4.marketing === null){
delete data4.marketing;
}
if(data4.sale_of_data === null){
delete data4.sale_of_data;
}
}
if(errors === _errs9){
if(isObject(data4)){
if(data4.analytics !== undefined){
const _errs11 = errors;
if(typeof data4.analytics !== "boolean"){
return refuse(validate24, instancePath+"/consent/analytics", "type", {type: "boolean"});
}
var valid1 = _errs11 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data4.preferences !== undefined){
const _errs13 = errors;
if(typeof data4.preferences !== "boolean"){
return refuse(validate24, instancePath+"/consent/preferences", "type", {type: "boolean"});
}
var valid1 = _errs13 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data4.marketing !== undefined){
const _errs15 = errors;
if(typeof data4.marketing !== "boolean"){
return refuse(validate24, instancePath+"/consent/marketing", "type", {type: "boolean"});
}
var valid1 = _errs15 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data4.sale_of_data !== undefined){
const _errs17 = errors;
if(typeof data4.sale_of_data !== "boolean"){
return refuse(validate24, instancePath+"/consent/sale_of_data", "type", {type: "boolean"});
}
var valid1 = _errs17 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
return refuse(validate24, instancePath+"/consent", "type", {type: "object"});
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
return refuse(validate24, instancePath, "type", {type: "object"});
}
}
validate24.errors = vErrors;
return errors === 0;
}



function validate26(data, instancePath=""){
/*# sourceURL="Context" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.address_country === null){
delete data.address_country;
}
if(data.address_region === null){
delete data.address_region;
}
if(data.postal_code === null){
delete data.postal_code;
}
if(data.language === null){
delete data.language;
}
if(data.currency === null){
delete data.currency;
}
}
if(errors === 0){
if(isObject(data)){
if(data.address_country !== undefined){
const _errs1 = errors;
if(typeof data.address_country !== "string"){
return refuse(validate26, instancePath+"/address_country", "type", {type: "string"});
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.address_region !== undefined){
const _errs3 = errors;
if(typeof data.address_region !== "string"){
return refuse(validate26, instancePath+"/address_region", "type", {type: "string"});
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.postal_code !== undefined){
const _errs5 = errors;
if(typeof data.postal_code !== "string"){
return refuse(validate26, instancePath+"/postal_code", "type", {type: "string"});
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.language !== undefined){
const _errs7 = errors;
if(typeof data.language !== "string"){
return refuse(validate26, instancePath+"/language", "type", {type: "string"});
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.currency !== undefined){
const _errs9 = errors;
if(typeof data.currency !== "string"){
return refuse(validate26, instancePath+"/currency", "type", {type: "string"});
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
return refuse(validate26, instancePath, "type", {type: "object"});
}
}
validate26.errors = vErrors;
return errors === 0;
}






function validate31(data, instancePath=""){
/*# sourceURL="PostalAddress" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.first_name === null){
delete data.first_name;
}
if(data.last_name === null){
delete data.last_name;
}
if(data.phone_number === null){
delete data.phone_number;
}
if(data.street_address === null){
delete data.street_address;
}
if(data.extended_address === null){
delete data.extended_address;
}
if(data.address_locality === null){
delete data.address_locality;
}
if(data.address_region === null){
delete data.address_region;
}
if(data.address_country === null){
delete data.address_country;
}
if(data.postal_code === null){
delete data.postal_code;
}
}
if(errors === 0){
if(isObject(data)){
if(data.first_name !== undefined){
const _errs1 = errors;
if(typeof data.first_name !== "string"){
return refuse(validate31, instancePath+"/first_name", "type", {type: "string"});
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.last_name !== undefined){
const _errs3 = errors;
if(typeof data.last_name !== "string"){
return refuse(validate31, instancePath+"/last_name", "type", {type: "string"});
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.phone_number !== undefined){
const _errs5 = errors;
if(typeof data.phone_number !== "string"){
return refuse(validate31, instancePath+"/phone_number", "type", {type: "string"});
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.street_address !== undefined){
const _errs7 = errors;
if(typeof data.street_address !== "string"){
return refuse(validate31, instancePath+"/street_address", "type", {type: "string"});
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.extended_address !== undefined){
const _errs9 = errors;
if(typeof data.extended_address !== "string"){
return refuse(validate31, instancePath+"/extended_address", "type", {type: "string"});
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.address_locality !== undefined){
const _errs11 = errors;
if(typeof data.address_locality !== "string"){
return refuse(validate31, instancePath+"/address_locality", "type", {type: "string"});
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.address_region !== undefined){
const _errs13 = errors;
if(typeof data.address_region !== "string"){
return refuse(validate31, instancePath+"/address_region", "type", {type: "string"});
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.address_country !== undefined){
const _errs15 = errors;
if(typeof data.address_country !== "string"){
return refuse(validate31, instancePath+"/address_country", "type", {type: "string"});
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.postal_code !== undefined){
const _errs17 = errors;
if(typeof data.postal_code !== "string"){
return refuse(validate31, instancePath+"/postal_code", "type", {type: "string"});
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
else {
return refuse(validate31, instancePath, "type", {type: "object"});
}
}
validate31.errors = vErrors;
return errors === 0;
}


function validate30(data, instancePath=""){
/*# sourceURL="Destination" */;
let vErrors = null;
let errors = 0;
const _errs0 = errors;
if(!(validate31(data, instancePath))){
errors = add(vErrors ??= [], validate31);
}
var valid0 = _errs0 === errors;
if(valid0){
const _errs1 = errors;
if(isObject(data)){
if(data.id === null){
delete data.id;
}
}
if(errors === _errs1){
if(isObject(data)){
if(data.id !== undefined){
if(typeof data.id !== "string"){
return refuse(validate30, instancePath+"/id", "type", {type: "string"});
}
}
}
else {
return refuse(validate30, instancePath, "type", {type: "object"});
}
}
var valid0 = _errs1 === errors;
}
validate30.errors = vErrors;
return errors === 0;
}


function validate29(data, instancePath=""){
/*# sourceURL="FulfillmentMethod" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.id === null){
delete data.id;
}
if(data.type === null){
delete data.type;
}
if(data.line_item_ids === null){
delete data.line_item_ids;
}
if(data.destinations === null){
delete data.destinations;
}
if(data.groups === null){
delete data.groups;
}
}
if(errors === 0){
if(isObject(data)){
if(data.id !== undefined){
const _errs1 = errors;
if(typeof data.id !== "string"){
return refuse(validate29, instancePath+"/id", "type", {type: "string"});
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.type !== undefined){
const _errs3 = errors;
if(typeof data.type !== "string"){
return refuse(validate29, instancePath+"/type", "type", {type: "string"});
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.line_item_ids !== undefined){
let data2 = data.line_item_ids;
const _errs5 = errors;
if(errors === _errs5){
if(Array.isArray(data2)){
var valid1 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
const _errs7 = errors;
if(typeof data2[i0] !== "string"){
return refuse(validate29, instancePath+"/line_item_ids/" + i0, "type", {type: "string"});
}
var valid1 = _errs7 === errors;
if(!valid1){
break;
}
}
}
else {
return refuse(validate29, instancePath+"/line_item_ids", "type", {type: "array"});
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.destinations !== undefined){
let data4 = data.destinations;
const _errs9 = errors;
if(errors === _errs9){
if(Array.isArray(data4)){
var valid2 = true;
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
const _errs11 = errors;
if(!(validate30(data4[i1], instancePath+"/destinations/" + i1))){
errors = add(vErrors ??= [], validate30);
}
var valid2 = _errs11 === errors;
if(!valid2){
break;
}
}
}
else {
return refuse(validate29, instancePath+"/destinations", "type", {type: "array"});
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.selected_destination_id !== undefined){
let data6 = data.selected_destination_id;
const _errs12 = errors;
if((typeof data6 !== "string") && (data6 !== null)){
return refuse(validate29, instancePath+"/selected_destination_id", "type", {type: ["string","null"]});
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.groups !== undefined){
let data7 = data.groups;
const _errs14 = errors;
if(errors === _errs14){
if(Array.isArray(data7)){
var valid3 = true;
const len2 = data7.length;
for(let i2=0; i2<len2; i2++){
let data8 = data7[i2];
const _errs16 = errors;
if(isObject(data8)){
if(data8.id === null){
delete data8.id;
}
}
if(errors === _errs16){
if(isObject(data8)){
if(data8.id !== undefined){
const _errs18 = errors;
if(typeof data8.id !== "string"){
return refuse(validate29, instancePath+"/groups/" + i2+"/id", "type", {type: "string"});
}
var valid4 = _errs18 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data8.selected_option_id !== undefined){
let data10 = data8.selected_option_id;
const _errs20 = errors;
if((typeof data10 !== "string") && (data10 !== null)){
return refuse(validate29, instancePath+"/groups/" + i2+"/selected_option_id", "type", {type: ["string","null"]});
}
var valid4 = _errs20 === errors;
}
else {
var valid4 = true;
}
}
}
else {
return refuse(validate29, instancePath+"/groups/" + i2, "type", {type: "object"});
}
}
var valid3 = _errs16 === errors;
if(!valid3){
break;
}
}
}
else {
return refuse(validate29, instancePath+"/groups", "type", {type: "array"});
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
else {
return refuse(validate29, instancePath, "type", {type: "object"});
}
}
validate29.errors = vErrors;
return errors === 0;
}


function validate28(data, instancePath=""){
/*# sourceURL="Fulfillment" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.methods === null){
delete data.methods;
}
}
if(errors === 0){
if(isObject(data)){
if(data.methods !== undefined){
let data0 = data.methods;
const _errs1 = errors;
if(errors === _errs1){
if(Array.isArray(data0)){
if(data0.length > 20){
return refuse(validate28, instancePath+"/methods", "maxItems", {limit: 20});
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs3 = errors;
if(!(validate29(data0[i0], instancePath+"/methods/" + i0))){
errors = add(vErrors ??= [], validate29);
}
var valid1 = _errs3 === errors;
if(!valid1){
break;
}
}
}
}
else {
return refuse(validate28, instancePath+"/methods", "type", {type: "array"});
}
}
}
}
else {
return refuse(validate28, instancePath, "type", {type: "object"});
}
}
validate28.errors = vErrors;
return errors === 0;
}



function validate36(data, instancePath=""){
/*# sourceURL="Discounts" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.codes === null){
delete data.codes;
}
}
if(errors === 0){
if(isObject(data)){
if(data.codes !== undefined){
let data0 = data.codes;
const _errs1 = errors;
if(errors === _errs1){
if(Array.isArray(data0)){
if(data0.length > 10){
return refuse(validate36, instancePath+"/codes", "maxItems", {limit: 10});
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs3 = errors;
if(typeof data0[i0] !== "string"){
return refuse(validate36, instancePath+"/codes/" + i0, "type", {type: "string"});
}
var valid1 = _errs3 === errors;
if(!valid1){
break;
}
}
}
}
else {
return refuse(validate36, instancePath+"/codes", "type", {type: "array"});
}
}
}
}
else {
return refuse(validate36, instancePath, "type", {type: "object"});
}
}
validate36.errors = vErrors;
return errors === 0;
}


function validate21(data, instancePath=""){
/*# sourceURL="CheckoutCreate" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.line_items === null){
delete data.line_items;
}
if(data.cart_id === null){
delete data.cart_id;
}
if(data.buyer === null){
delete data.buyer;
}
if(data.context === null){
delete data.context;
}
if(data.signals === null){
delete data.signals;
}
if(data.attribution === null){
delete data.attribution;
}
if(data.fulfillment === null){
delete data.fulfillment;
}
if(data.discounts === null){
delete data.discounts;
}
}
if(errors === 0){
if(isObject(data)){
if(data.line_items !== undefined){
const _errs1 = errors;
if(!(validate22(data.line_items, instancePath+"/line_items"))){
errors = add(vErrors ??= [], validate22);
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.cart_id !== undefined){
const _errs2 = errors;
if(typeof data.cart_id !== "string"){
return refuse(validate21, instancePath+"/cart_id", "type", {type: "string"});
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.buyer !== undefined){
const _errs4 = errors;
if(!(validate24(data.buyer, instancePath+"/buyer"))){
errors = add(vErrors ??= [], validate24);
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.context !== undefined){
const _errs5 = errors;
if(!(validate26(data.context, instancePath+"/context"))){
errors = add(vErrors ??= [], validate26);
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.signals !== undefined){
let data4 = data.signals;
const _errs6 = errors;
if(!(isObject(data4))){
return refuse(validate21, instancePath+"/signals", "type", {type: "object"});
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.attribution !== undefined){
let data5 = data.attribution;
const _errs8 = errors;
if(!(isObject(data5))){
return refuse(validate21, instancePath+"/attribution", "type", {type: "object"});
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fulfillment !== undefined){
const _errs10 = errors;
if(!(validate28(data.fulfillment, instancePath+"/fulfillment"))){
errors = add(vErrors ??= [], validate28);
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.discounts !== undefined){
const _errs11 = errors;
if(!(validate36(data.discounts, instancePath+"/discounts"))){
errors = add(vErrors ??= [], validate36);
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
else {
return refuse(validate21, instancePath, "type", {type: "object"});
}
}
validate21.errors = vErrors;
return errors === 0;
}

export const validateCheckoutUpdate = validate38;


function validate38(data, instancePath=""){
/*# sourceURL="CheckoutUpdate" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.buyer === null){
delete data.buyer;
}
if(data.context === null){
delete data.context;
}
if(data.signals === null){
delete data.signals;
}
if(data.attribution === null){
delete data.attribution;
}
if(data.fulfillment === null){
delete data.fulfillment;
}
if(data.discounts === null){
delete data.discounts;
}
}
if(errors === 0){
if(isObject(data)){
let missing0;
if((data.line_items === undefined) && (missing0 = "line_items")){
return refuse(validate38, instancePath, "required", {missingProperty: missing0});
}
else {
if(data.line_items !== undefined){
const _errs1 = errors;
if(!(validate22(data.line_items, instancePath+"/line_items"))){
errors = add(vErrors ??= [], validate22);
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.buyer !== undefined){
const _errs2 = errors;
if(!(validate24(data.buyer, instancePath+"/buyer"))){
errors = add(vErrors ??= [], validate24);
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.context !== undefined){
const _errs3 = errors;
if(!(validate26(data.context, instancePath+"/context"))){
errors = add(vErrors ??= [], validate26);
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.signals !== undefined){
let data3 = data.signals;
const _errs4 = errors;
if(!(isObject(data3))){
return refuse(validate38, instancePath+"/signals", "type", {type: "object"});
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.attribution !== undefined){
let data4 = data.attribution;
const _errs6 = errors;
if(!(isObject(data4))){
return refuse(validate38, instancePath+"/attribution", "type", {type: "object"});
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fulfillment !== undefined){
const _errs8 = errors;
if(!(validate28(data.fulfillment, instancePath+"/fulfillment"))){
errors = add(vErrors ??= [], validate28);
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.discounts !== undefined){
const _errs9 = errors;
if(!(validate36(data.discounts, instancePath+"/discounts"))){
errors = add(vErrors ??= [], validate36);
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
else {
return refuse(validate38, instancePath, "type", {type: "object"});
}
}
validate38.errors = vErrors;
return errors === 0;
}

export const validateCheckoutComplete = validate44;



function validate45(data, instancePath=""){
/*# sourceURL="Payment" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if((data.instruments === undefined) && (missing0 = "instruments")){
return refuse(validate45, instancePath, "required", {missingProperty: missing0});
}
else {
if(data.instruments !== undefined){
let data0 = data.instruments;
const _errs1 = errors;
if(errors === _errs1){
if(Array.isArray(data0)){
if(data0.length < 1){
return refuse(validate45, instancePath+"/instruments", "minItems", {limit: 1});
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
const _errs3 = errors;
if(isObject(data1)){
if(data1.selected === null){
delete data1.selected;
}
if(data1.billing_address === null){
delete data1.billing_address;
}
if(data1.credential === null){
delete data1.credential;
}
}
if(errors === _errs3){
if(isObject(data1)){
let missing1;
if((((data1.id === undefined) && (missing1 = "id")) || ((data1.handler_id === undefined) && (missing1 = "handler_id"))) || ((data1.type === undefined) && (missing1 = "type"))){
return refuse(validate45, instancePath+"/instruments/" + i0, "required", {missingProperty: missing1});
}
else {
if(data1.id !== undefined){
const _errs5 = errors;
if(typeof data1.id !== "string"){
return refuse(validate45, instancePath+"/instruments/" + i0+"/id", "type", {type: "string"});
}
var valid2 = _errs5 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data1.handler_id !== undefined){
const _errs7 = errors;
if(typeof data1.handler_id !== "string"){
return refuse(validate45, instancePath+"/instruments/" + i0+"/handler_id", "type", {type: "string"});
}
var valid2 = _errs7 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data1.type !== undefined){
const _errs9 = errors;
if(typeof data1.type !== "string"){
return refuse(validate45, instancePath+"/instruments/" + i0+"/type", "type", {type: "string"});
}
var valid2 = _errs9 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data1.selected !== undefined){
const _errs11 = errors;
if(typeof data1.selected !== "boolean"){
return refuse(validate45, instancePath+"/instruments/" + i0+"/selected", "type", {type: "boolean"});
}
var valid2 = _errs11 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data1.billing_address !== undefined){
const _errs13 = errors;
if(!(validate31(data1.billing_address, instancePath+"/instruments/" + i0+"/billing_address"))){
errors = add(vErrors ??= [], validate31);
}
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data1.credential !== undefined){
let data7 = data1.credential;
const _errs14 = errors;
if(isObject(data7)){
if(data7.token === null){
delete data7.token;
}
}
if(errors === _errs14){
if(isObject(data7)){
let missing2;
if((data7.type === undefined) && (missing2 = "type")){
return refuse(validate45, instancePath+"/instruments/" + i0+"/credential", "required", {missingProperty: missing2});
}
else {
if(data7.type !== undefined){
const _errs16 = errors;
if(typeof data7.type !== "string"){
return refuse(validate45, instancePath+"/instruments/" + i0+"/credential/type", "type", {type: "string"});
}
var valid3 = _errs16 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data7.token !== undefined){
const _errs18 = errors;
if(typeof data7.token !== "string"){
return refuse(validate45, instancePath+"/instruments/" + i0+"/credential/token", "type", {type: "string"});
}
var valid3 = _errs18 === errors;
}
else {
var valid3 = true;
}
}
}
}
else {
return refuse(validate45, instancePath+"/instruments/" + i0+"/credential", "type", {type: "object"});
}
}
var valid2 = _errs14 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
}
else {
return refuse(validate45, instancePath+"/instruments/" + i0, "type", {type: "object"});
}
}
var valid1 = _errs3 === errors;
if(!valid1){
break;
}
}
}
}
else {
return refuse(validate45, instancePath+"/instruments", "type", {type: "array"});
}
}
}
}
}
else {
return refuse(validate45, instancePath, "type", {type: "object"});
}
}
validate45.errors = vErrors;
return errors === 0;
}


function validate44(data, instancePath=""){
/*# sourceURL="CheckoutComplete" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.signals === null){
delete data.signals;
}
if(data.attribution === null){
delete data.attribution;
}
}
if(errors === 0){
if(isObject(data)){
let missing0;
if((data.payment === undefined) && (missing0 = "payment")){
return refuse(validate44, instancePath, "required", {missingProperty: missing0});
}
else {
if(data.payment !== undefined){
const _errs1 = errors;
if(!(validate45(data.payment, instancePath+"/payment"))){
errors = add(vErrors ??= [], validate45);
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.signals !== undefined){
let data1 = data.signals;
const _errs2 = errors;
if(!(isObject(data1))){
return refuse(validate44, instancePath+"/signals", "type", {type: "object"});
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.attribution !== undefined){
let data2 = data.attribution;
const _errs4 = errors;
if(!(isObject(data2))){
return refuse(validate44, instancePath+"/attribution", "type", {type: "object"});
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
return refuse(validate44, instancePath, "type", {type: "object"});
}
}
validate44.errors = vErrors;
return errors === 0;
}

export const validateCartWrite = validate48;


function validate48(data, instancePath=""){
/*# sourceURL="CartWrite" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.buyer === null){
delete data.buyer;
}
if(data.context === null){
delete data.context;
}
if(data.discounts === null){
delete data.discounts;
}
}
if(errors === 0){
if(isObject(data)){
let missing0;
if((data.line_items === undefined) && (missing0 = "line_items")){
return refuse(validate48, instancePath, "required", {missingProperty: missing0});
}
else {
if(data.line_items !== undefined){
const _errs1 = errors;
if(!(validate22(data.line_items, instancePath+"/line_items"))){
errors = add(vErrors ??= [], validate22);
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.buyer !== undefined){
const _errs2 = errors;
if(!(validate24(data.buyer, instancePath+"/buyer"))){
errors = add(vErrors ??= [], validate24);
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.context !== undefined){
const _errs3 = errors;
if(!(validate26(data.context, instancePath+"/context"))){
errors = add(vErrors ??= [], validate26);
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.discounts !== undefined){
const _errs4 = errors;
if(!(validate36(data.discounts, instancePath+"/discounts"))){
errors = add(vErrors ??= [], validate36);
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
return refuse(validate48, instancePath, "type", {type: "object"});
}
}
validate48.errors = vErrors;
return errors === 0;
}

export const validateCatalogSearch = validate53;

const func2 = (text) => { let length = 0; for (const _ of text) length += 1; return length; };


function validate55(data, instancePath=""){
/*# sourceURL="Filters" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.categories === null){
delete data.categories;
}
if(data.price === null){
delete data.price;
}
}
if(errors === 0){
if(isObject(data)){
if(data.categories !== undefined){
let data0 = data.categories;
const _errs1 = errors;
if(errors === _errs1){
if(Array.isArray(data0)){
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs3 = errors;
if(typeof data0[i0] !== "string"){
return refuse(validate55, instancePath+"/categories/" + i0, "type", {type: "string"});
}
var valid1 = _errs3 === errors;
if(!valid1){
break;
}
}
}
else {
return refuse(validate55, instancePath+"/categories", "type", {type: "array"});
}
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.price !== undefined){
let data2 = data.price;
const _errs5 = errors;
if(isObject(data2)){
if(data2.min === null){
delete data2.min;
}
if(data2.max === null){
delete data2.max;
}
}
if(errors === _errs5){
if(isObject(data2)){
if(data2.min !== undefined){
let data3 = data2.min;
const _errs7 = errors;
if(!(Number.isInteger(data3))){
return refuse(validate55, instancePath+"/price/min", "type", {type: "integer"});
}
if(errors === _errs7){
if(Number.isFinite(data3)){
if(data3 < 0 || isNaN(data3)){
return refuse(validate55, instancePath+"/price/min", "minimum", {limit: 0});
}
}
}
var valid2 = _errs7 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data2.max !== undefined){
let data4 = data2.max;
const _errs9 = errors;
if(!(Number.isInteger(data4))){
return refuse(validate55, instancePath+"/price/max", "type", {type: "integer"});
}
if(errors === _errs9){
if(Number.isFinite(data4)){
if(data4 < 0 || isNaN(data4)){
return refuse(validate55, instancePath+"/price/max", "minimum", {limit: 0});
}
}
}
var valid2 = _errs9 === errors;
}
else {
var valid2 = true;
}
}
}
else {
return refuse(validate55, instancePath+"/price", "type", {type: "object"});
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
}
}
else {
return refuse(validate55, instancePath, "type", {type: "object"});
}
}
validate55.errors = vErrors;
return errors === 0;
}


function validate53(data, instancePath=""){
/*# sourceURL="CatalogSearch" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.query === null){
delete data.query;
}
if(data.context === null){
delete data.context;
}
if(data.filters === null){
delete data.filters;
}
if(data.pagination === null){
delete data.pagination;
}
}
if(errors === 0){
if(isObject(data)){
if(data.query !== undefined){
let data0 = data.query;
const _errs1 = errors;
if(errors === _errs1){
if(typeof data0 === "string"){
if(func2(data0) > 200){
return refuse(validate53, instancePath+"/query", "maxLength", {limit: 200});
}
}
else {
return refuse(validate53, instancePath+"/query", "type", {type: "string"});
}
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.context !== undefined){
const _errs3 = errors;
if(!(validate26(data.context, instancePath+"/context"))){
errors = add(vErrors ??= [], validate26);
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.filters !== undefined){
const _errs4 = errors;
if(!(validate55(data.filters, instancePath+"/filters"))){
errors = add(vErrors ??= [], validate55);
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.pagination !== undefined){
let data3 = data.pagination;
const _errs5 = errors;
if(isObject(data3)){
if(data3.cursor === null){
delete data3.cursor;
}
if(data3.limit === null){
delete data3.limit;
}
}
if(errors === _errs5){
if(isObject(data3)){
if(data3.cursor !== undefined){
const _errs7 = errors;
if(typeof data3.cursor !== "string"){
return refuse(validate53, instancePath+"/pagination/cursor", "type", {type: "string"});
}
var valid1 = _errs7 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data3.limit !== undefined){
let data5 = data3.limit;
const _errs9 = errors;
if(!(Number.isInteger(data5))){
return refuse(validate53, instancePath+"/pagination/limit", "type", {type: "integer"});
}
if(errors === _errs9){
if(Number.isFinite(data5)){
if(data5 < 1 || isNaN(data5)){
return refuse(validate53, instancePath+"/pagination/limit", "minimum", {limit: 1});
}
}
}
var valid1 = _errs9 === errors;
}
else {
var valid1 = true;
}
}
}
else {
return refuse(validate53, instancePath+"/pagination", "type", {type: "object"});
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
return refuse(validate53, instancePath, "type", {type: "object"});
}
}
validate53.errors = vErrors;
return errors === 0;
}

export const validateCatalogLookup = validate57;


function validate57(data, instancePath=""){
/*# sourceURL="CatalogLookup" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.context === null){
delete data.context;
}
if(data.filters === null){
delete data.filters;
}
}
if(errors === 0){
if(isObject(data)){
let missing0;
if((data.ids === undefined) && (missing0 = "ids")){
return refuse(validate57, instancePath, "required", {missingProperty: missing0});
}
else {
if(data.ids !== undefined){
let data0 = data.ids;
const _errs1 = errors;
if(errors === _errs1){
if(Array.isArray(data0)){
if(data0.length < 1){
return refuse(validate57, instancePath+"/ids", "minItems", {limit: 1});
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs3 = errors;
if(typeof data0[i0] !== "string"){
return refuse(validate57, instancePath+"/ids/" + i0, "type", {type: "string"});
}
var valid1 = _errs3 === errors;
if(!valid1){
break;
}
}
}
}
else {
return refuse(validate57, instancePath+"/ids", "type", {type: "array"});
}
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.context !== undefined){
const _errs5 = errors;
if(!(validate26(data.context, instancePath+"/context"))){
errors = add(vErrors ??= [], validate26);
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.filters !== undefined){
const _errs6 = errors;
if(!(validate55(data.filters, instancePath+"/filters"))){
errors = add(vErrors ??= [], validate55);
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
return refuse(validate57, instancePath, "type", {type: "object"});
}
}
validate57.errors = vErrors;
return errors === 0;
}

export const validateCatalogProduct = validate60;


function validate60(data, instancePath=""){
/*# sourceURL="CatalogProduct" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.context === null){
delete data.context;
}
if(data.filters === null){
delete data.filters;
}
}
if(errors === 0){
if(isObject(data)){
let missing0;
if((data.id === undefined) && (missing0 = "id")){
return refuse(validate60, instancePath, "required", {missingProperty: missing0});
}
else {
if(data.id !== undefined){
const _errs1 = errors;
if(typeof data.id !== "string"){
return refuse(validate60, instancePath+"/id", "type", {type: "string"});
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.context !== undefined){
const _errs3 = errors;
if(!(validate26(data.context, instancePath+"/context"))){
errors = add(vErrors ??= [], validate26);
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.filters !== undefined){
const _errs4 = errors;
if(!(validate55(data.filters, instancePath+"/filters"))){
errors = add(vErrors ??= [], validate55);
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
return refuse(validate60, instancePath, "type", {type: "object"});
}
}
validate60.errors = vErrors;
return errors === 0;
}

export const rules = {};
